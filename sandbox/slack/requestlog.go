package slack

import (
	"slices"
	"sync"
	"time"

	"confbot/sandbox/slack/control"
)

// maxRecords bounds the request log; maxRecordBytes what it keeps of one body.
const (
	maxRecords     = 4096
	maxRecordBytes = 16 << 10
)

// requestLog is a ring of what the app sent and got.
type requestLog struct {
	mu   sync.Mutex
	seq  int64
	ring *ring[control.Record]
}

func newRequestLog() *requestLog { return &requestLog{ring: newRing[control.Record](maxRecords)} }

func (l *requestLog) add(now time.Time, rec control.Record, start time.Time) {
	rec.At = now.UTC().Format(time.RFC3339Nano)
	if rec.MS == 0 {
		rec.MS = float64(time.Since(start).Microseconds()) / 1000
	}
	if len(rec.Request) > maxRecordBytes {
		rec.Request = encode(string(rec.Request[:maxRecordBytes]) + "… (cut)")
	}
	if len(rec.Response) > maxRecordBytes {
		rec.Response = encode(string(rec.Response[:maxRecordBytes]) + "… (cut)")
	}
	// The bytes may belong to a buffer that goes on living; the ring keeps its own.
	rec.Request, rec.Response = slices.Clone(rec.Request), slices.Clone(rec.Response)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seq++
	rec.Seq = l.seq
	l.ring.add(rec)
}

func (l *requestLog) since(seq int64) []control.Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.ring.all()
	at, _ := slices.BinarySearchFunc(all, seq, func(r control.Record, seq int64) int {
		if r.Seq <= seq {
			return -1
		}
		return 1
	})
	return all[at:]
}
