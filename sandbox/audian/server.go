package audian

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// basePath is the version of the API that is served.
const basePath = "/v2"

// Server is one sandbox Audian with one account. Its methods may be called
// at any time, from any goroutine.
type Server struct {
	world    *world
	hub      *hub
	tokens   *tokens
	buckets  *buckets
	faults   *faults
	log      *requestLog
	logger   *slog.Logger
	sockets  *sockets
	routes   []route
	advanced atomic.Int64 // by how much the clock was put forward

	settings sync.RWMutex
	opts     Options // guarded by settings
	started  Options // as given to New, for Reset

	running     sync.Mutex
	api, remote *http.Server
	apiAddr     string
	controlAddr string
	done        chan struct{} // closed by Stop
	stopOnce    sync.Once
}

// New makes a server that listens nowhere yet. It fails only on Options that
// cannot work, or when Options.Seed does.
func New(opts Options) (*Server, error) {
	opts.setDefaults()
	if err := opts.check(); err != nil {
		return nil, fmt.Errorf("sandbox audian: %w", err)
	}
	s := &Server{
		hub: newHub(), opts: opts, started: opts, done: make(chan struct{}),
		faults: &faults{}, log: &requestLog{}, logger: opts.Logger,
		sockets: &sockets{byIP: map[string]int{}},
	}
	s.world = newWorld(s.now, s.hub)
	s.tokens = newTokens(s.now)
	s.buckets = newBuckets(s.now)
	s.routes = routes()
	if opts.Seed != nil {
		if err := opts.Seed(s); err != nil {
			return nil, fmt.Errorf("sandbox audian: seed: %w", err)
		}
	}
	return s, nil
}

// Start listens and returns at once. The server stops when ctx ends, or by
// Stop. Starting it again is nothing; after Stop it is an error.
func (s *Server) Start(ctx context.Context) error {
	s.running.Lock()
	defer s.running.Unlock()
	if s.stopped() {
		return errors.New("sandbox audian: already stopped")
	}
	if s.api != nil {
		return nil
	}
	var listen net.ListenConfig
	api, err := listen.Listen(ctx, "tcp", s.started.Addr)
	if err != nil {
		return fmt.Errorf("sandbox audian: listen: %w", err)
	}
	control, err := listen.Listen(ctx, "tcp", s.started.ControlAddr)
	if err != nil {
		return errors.Join(fmt.Errorf("sandbox audian: listen for control: %w", err), api.Close())
	}
	s.api, s.apiAddr = serve(api, s.Handler()), api.Addr().String()
	s.remote, s.controlAddr = serve(control, s.Control()), control.Addr().String()
	context.AfterFunc(ctx, func() { _ = s.Stop() })
	return nil
}

func serve(l net.Listener, h http.Handler) *http.Server {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = srv.Serve(l) }() // always ends with ErrServerClosed
	return srv
}

// stopGrace is how long requests under way get to finish.
const stopGrace = 2 * time.Second

// Stop ends all connections. It may be called twice, and without Start.
func (s *Server) Stop() error {
	var err error
	s.stopOnce.Do(func() {
		close(s.done)
		s.world.close()
		ctx, cancel := context.WithTimeout(context.Background(), stopGrace)
		defer cancel()
		for _, srv := range s.servers() {
			if srv.Shutdown(ctx) != nil {
				err = errors.Join(err, srv.Close())
			}
		}
		s.sockets.open.Wait()
	})
	return err
}

func (s *Server) servers() []*http.Server {
	s.running.Lock()
	defer s.running.Unlock()
	if s.api == nil {
		return nil
	}
	return []*http.Server{s.api, s.remote}
}

func (s *Server) stopped() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// BaseURL is what a client takes for https://api.audian.com:8443/v2. It is
// known once Start has returned.
func (s *Server) BaseURL() string { return s.url(func() string { return s.apiAddr }, basePath) }

// ControlURL is the root of the control API.
func (s *Server) ControlURL() string { return s.url(func() string { return s.controlAddr }, "") }

func (s *Server) url(addr func() string, path string) string {
	s.running.Lock()
	defer s.running.Unlock()
	if addr() == "" {
		return ""
	}
	return "http://" + addr() + path
}

// AccountID is the account that the API key belongs to.
func (s *Server) AccountID() string { return s.started.AccountID }

// APIKey is the key that api_auth takes.
func (s *Server) APIKey() string { return s.started.APIKey }

// DialIn lists the shared lines.
func (s *Server) DialIn() []string { return s.started.DialIn }

func (s *Server) now() time.Time {
	return s.started.Now().Add(time.Duration(s.advanced.Load()))
}

// Advance puts the server's clock forward: tokens age, buckets fill, and
// delayed actions fall due.
func (s *Server) Advance(d time.Duration) {
	s.advanced.Add(int64(d))
	s.world.enter()()
	s.hub.changed()
}

// options is the settings as they are now. A request sees one reading of them
// from its beginning to its end.
func (s *Server) options() Options {
	s.settings.RLock()
	defer s.settings.RUnlock()
	return s.opts
}

// Configure changes the settings that have a JSON name in Options. When the
// dialect changes, the documents are rewritten as if the other dialect had
// always held them.
func (s *Server) Configure(change func(*Options)) error {
	s.settings.Lock()
	defer s.settings.Unlock()
	next := s.opts
	change(&next)
	if err := next.check(); err != nil {
		return err
	}
	if next.Dialect != s.opts.Dialect {
		s.world.translate(&s.opts, &next)
	}
	s.opts = next
	s.hub.changed()
	return nil
}

func (w *world) translate(from, to *Options) {
	defer w.enter()()
	for _, c := range append([]*conference(nil), w.order...) {
		changed := *c
		changed.doc = translate(c.doc, from, to)
		w.store(&changed)
	}
}
