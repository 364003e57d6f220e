package torture

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"confbot/sandbox/slack/control"
)

// ledger keeps what every person was told, and what Slack's own client told
// them of their commands.
type ledger struct {
	mu      sync.Mutex
	changed chan struct{}
	told    map[string][]control.Message // by person
	at      map[string][]time.Time       // when, of each of these
	notices map[string]control.Notice    // by envelope
	replies int                          // by the bot in threads, for all to see
	holes   int                          // times that the stream lost its place
	dms     map[string]string            // direct message channel → person
	landed  map[string][]landing         // by the mark in the metadata, edits left out
}

// follow writes down what happens from now on.
func follow(tb testing.TB, people *control.Client) *ledger {
	tb.Helper()
	l := &ledger{
		changed: make(chan struct{}), told: map[string][]control.Message{}, at: map[string][]time.Time{}, notices: map[string]control.Notice{}, dms: map[string]string{},
		landed: map[string][]landing{},
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(tb.Context()))
	ready := make(chan struct{})
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = people.Follow(ctx, "", -1, func() { close(ready) }, func(c control.Change) error {
			l.note(c)
			return nil
		})
	}()
	select {
	case <-ready:
	case <-time.After(10 * time.Second):
		tb.Fatal("the sandbox's stream of changes did not begin")
	}
	tb.Cleanup(func() {
		cancel()
		<-over
	})
	return l
}

func (l *ledger) note(c control.Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch c.Kind {
	case "message":
		l.land(c.Message)
		switch {
		case c.Message == nil:
			return
		case c.Message.Ephemeral:
			l.tell(c.Message.OnlyFor, *c.Message)
		case l.dms[c.Channel] != "":
			l.tell(l.dms[c.Channel], *c.Message)
		case c.Message.Bot && c.Message.ThreadTS != "" && c.Message.Edited == nil:
			l.replies++
		default:
			return
		}
	case "notice":
		if c.Notice == nil || c.Notice.EnvelopeID == "" {
			return
		}
		l.notices[c.Notice.EnvelopeID] = *c.Notice
	case "reload":
		l.holes++
	case "socket":
	default:
		return
	}
	close(l.changed)
	l.changed = make(chan struct{})
}

// land writes down a message that carries a mark; mu is held.
func (l *ledger) land(m *control.Message) {
	if m == nil || !m.Bot || m.Ephemeral || len(m.Metadata) == 0 {
		return
	}
	var meta struct {
		Payload struct {
			Post string `json:"post"`
		} `json:"event_payload"`
	}
	if json.Unmarshal(m.Metadata, &meta) != nil || meta.Payload.Post == "" {
		return
	}
	mark := meta.Payload.Post
	known := func(o landing) bool { return o.channel == m.Channel && o.ts == m.TS }
	if slices.ContainsFunc(l.landed[mark], known) {
		return // edited
	}
	one := landing{channel: m.Channel, ts: m.TS, text: m.Text, at: moment(m.TS)}
	l.landed[mark] = append(l.landed[mark], one)
}

// moment is when a message was posted, by the sandbox's clock.
func moment(ts string) time.Time {
	seconds, fraction, _ := strings.Cut(ts, ".")
	s, err1 := strconv.ParseInt(seconds, 10, 64)
	us, err2 := strconv.ParseInt(fraction, 10, 64)
	if err1 != nil || err2 != nil {
		return time.Time{}
	}
	return time.Unix(s, us*1000)
}

// arrivals is what has landed by now.
func (l *ledger) arrivals() map[string][]landing {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make(map[string][]landing, len(l.landed))
	for mark, all := range l.landed {
		out[mark] = slices.Clone(all)
	}
	return out
}

func (l *ledger) tell(person string, m control.Message) {
	l.told[person] = append(l.told[person], m)
	l.at[person] = append(l.at[person], time.Now())
}

// times is when a person was told what they were told after a mark.
func (l *ledger) times(person string, mark int) []time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]time.Time(nil), l.at[person][mark:]...)
}

// knows tells the ledger whose direct messages a channel is for.
func (l *ledger) knows(channel, person string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.dms[channel] = person
}

// mark is how much a person has been told by now.
func (l *ledger) mark(person string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.told[person])
}

// since is what a person was told after a mark.
func (l *ledger) since(person string, mark int) []control.Message {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]control.Message(nil), l.told[person][mark:]...)
}

// refused reports whether Slack itself told the person that it came to
// nothing.
func (l *ledger) refused(envelope string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, ok := l.notices[envelope]
	return ok
}

// replied is how often the bot has posted into a thread for all to see.
func (l *ledger) replied() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.replies
}

// refusals counts all such notices.
func (l *ledger) refusals() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.notices)
}

// wait waits for the answer yes, looking after each thing that is told and,
// for what only Audian knows, now and then. It reports whether it ever came.
func (l *ledger) wait(ctx context.Context, most time.Duration, ok func() bool) bool {
	limit := time.NewTimer(most)
	defer limit.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		l.mu.Lock()
		changed := l.changed
		l.mu.Unlock()
		if ok() {
			return true
		}
		select {
		case <-changed:
		case <-tick.C:
		case <-limit.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

// notDone reports whether a message says for certain that nothing was done.
func notDone(m control.Message) bool {
	for _, words := range []string{"It was not done", "othing was done", "othing was changed", "so this was not done"} {
		if strings.Contains(m.Text, words) {
			return true
		}
	}
	return false
}
