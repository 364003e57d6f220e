package api

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"confbot/conference"
	"confbot/sandbox/audian"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// line is one end of the sandbox and a client on it.
type line struct {
	*Client
	t   *testing.T
	sim *audian.Server
	log *logbook
}

func startSandbox(t *testing.T, o audian.Options) *audian.Server {
	t.Helper()
	s, err := audian.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// onSandbox starts a sandbox and a client that knows its key. The pace is
// quick, so that tests are.
func onSandbox(t *testing.T, o audian.Options, opts ...Option) *line {
	t.Helper()
	s := startSandbox(t, o)
	book := &logbook{}
	return &line{Client: newClient(t, s.BaseURL(), Key(s.APIKey()), append(opts, WithLogger(book.logger()))...), t: t, sim: s, log: book}
}

func newClient(t *testing.T, base string, auth Auth, opts ...Option) *Client {
	t.Helper()
	c, err := New(base, auth, append([]Option{WithRate(10000, 1000)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// onHandler starts a server that answers everything with h, and a client
// with a ready token.
func onHandler(t *testing.T, h http.HandlerFunc, opts ...Option) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return newClient(t, s.URL, Token("t0k3n", "acct"), opts...)
}

func answering(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// truth is what phones meet, whatever the document echoes.
func (l *line) truth(id conference.ID) audian.ConferenceState {
	l.t.Helper()
	for _, c := range l.sim.State().Conferences {
		if c.ID == string(id) {
			return c
		}
	}
	l.t.Fatalf("the sandbox has no conference %q", id)
	return audian.ConferenceState{}
}

// dial lets somebody dial in, and says whether they got in.
func (l *line) dial(id conference.ID, pin string) bool {
	return l.sim.Dial(audian.Call{Conference: string(id), PIN: pin, CallerNumber: "+15550100199", CallerName: "Dana Cho"}).State == audian.OnLine
}

func (l *line) fault(f audian.Fault) {
	l.t.Helper()
	if _, err := l.sim.AddFault(f); err != nil {
		l.t.Fatal(err)
	}
}

// asked lists what reached the sandbox since line since, as "GET 200". A line
// is written once the answer is out, so it may come a little after the client
// is done.
func (l *line) asked(since int) []string {
	l.quiet()
	var out []string
	for _, r := range l.sim.Requests(since) {
		out = append(out, fmt.Sprintf("%s %d", r.Method, r.Status))
	}
	return out
}

// quiet waits until the request log has stopped growing.
func (l *line) quiet() {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for n, same := -1, 0; same < 3; <-tick.C {
		now := len(l.sim.Requests(0))
		if same++; now != n {
			n, same = now, 0
		}
	}
}

func (l *line) mark() int {
	l.quiet()
	all := l.sim.Requests(0)
	if len(all) == 0 {
		return 0
	}
	return all[len(all)-1].Seq
}

// logbook keeps everything that is logged, at every level.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logbook) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (b *logbook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func pins(digits ...string) *[]conference.PIN {
	out := []conference.PIN{}
	for _, d := range digits {
		out = append(out, conference.NewPIN(d))
	}
	return &out
}

func digits(pins []conference.PIN) string { return strings.Join(sorted(pins), " ") }

// wantError checks kind, reason, field and whether it is unsure.
func wantError(t *testing.T, err error, want conference.Error) {
	t.Helper()
	if got := brief(err); got != brief(&want) {
		t.Fatalf("got %s, want %s\n%v", got, brief(&want), err)
	}
}

func brief(err error) string {
	if err == nil {
		return "no error"
	}
	e := conference.Error{Kind: conference.KindOf(err), Reason: conference.ReasonOf(err), Unsure: conference.IsUnsure(err)}
	e.Field = fieldOfError(err)
	return fmt.Sprintf("%v/%s/%s/unsure=%t", e.Kind, e.Reason, e.Field, e.Unsure)
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// eachDialect runs a test against every Audian that may be out there.
func eachDialect(t *testing.T, test func(*testing.T, audian.Options)) {
	t.Helper()
	for name, o := range map[string]audian.Options{
		"seed":                 {Dialect: audian.Seed},
		"seed that replaces":   {Dialect: audian.Seed, UpdateReplaces: audian.On, DeleteStatus: 200, UnknownKeys: true, UnorderedLists: true, ParticipantIDs: audian.IntIDs},
		"kazoo 5":              {Dialect: audian.Kazoo},
		"kazoo 5 with extras":  {Dialect: audian.Kazoo, UnknownKeys: true, UnorderedLists: true, ParticipantIDs: audian.StringIDs},
		"kazoo that forgets":   {Dialect: audian.Kazoo, KeepExtras: audian.Off},
		"kazoo 4":              {Dialect: audian.Kazoo, KazooVersion: 4},
		"kazoo of few words":   {Dialect: audian.Kazoo, ErrorMaps: audian.Off},
		"seed with no locking": {Dialect: audian.Seed, LockSupported: audian.Off, ErrorMaps: audian.Off},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, o)
		})
	}
}

func fieldOfError(err error) string {
	if e, ok := errors.AsType[*conference.Error](err); ok {
		return e.Field
	}
	return ""
}
