package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/blockkit"
)

// Server is one sandbox Slack. Make it with New, run it with Start, end it with Stop.
type Server struct {
	opts     Options
	log      *slog.Logger
	clock    *clock
	blocks   blockkit.Options
	methods  map[string]*method
	limits   *limiter
	requests *requestLog
	changes  *changes
	faults   *faults
	upgrader websocket.Upgrader

	mu         sync.Mutex // guards everything below
	ws         *workspace
	sockets    []*socket
	tickets    map[string]ticket
	pending    map[string]*delivery
	settled    *ring[settledAck]
	triggers   map[string]*trigger
	hooks      map[string]*hook
	linkOff    bool // Socket Mode switched off for the app
	noticeSeq  int64
	socketSeq  int
	generation int // counts resets: what was under way before one is dropped

	gate     sync.RWMutex // held for reading while a request enters, so that Stop misses none
	stopped  bool
	done     chan struct{} // closed by Stop: ends streams of the control API wherever it is mounted
	running  sync.WaitGroup
	cancel   context.CancelFunc
	public   *http.Server
	admin    *http.Server
	baseURL  string
	adminURL string
	stopOnce sync.Once
	stopErr  error
}

// New builds a sandbox from options without listening yet. It fails on a manifest or a seed that cannot be used.
func New(opts Options) (*Server, error) {
	opts.fill()
	man, err := parseManifest(opts.Manifest)
	if err != nil {
		return nil, err
	}
	if opts.Seed == nil {
		if opts.Seed, err = DefaultSeed(); err != nil {
			return nil, err
		}
	}
	s := &Server{
		opts: opts, log: opts.Log, clock: newClock(opts.Start, opts.TimeScale), blocks: blockkit.Options{Strict: opts.Readings.StrictBlocks},
		limits: newLimiter(!opts.NoRateLimits), requests: newRequestLog(), changes: newChanges(), faults: &faults{},
		upgrader: websocket.Upgrader{
			// A size of our own makes gorilla read through the connection we hand it, which is how frames get measured.
			ReadBufferSize: 32 << 10, WriteBufferSize: 4 << 10,
			CheckOrigin: func(*http.Request) bool { return true }, // clients send Slack's own origin or none; the ticket is the key
		},
		settled: newRing[settledAck](1024), done: make(chan struct{}),
	}
	s.methods = webMethods()
	s.seedWorld(man)
	return s, nil
}

// seedWorld starts over from the seed. mu held, or before Start.
func (s *Server) seedWorld(man *manifest) {
	s.ws = newWorkspace(s.opts.Seed, man, s.clock)
	for _, id := range s.ws.people {
		if u := s.ws.users[id]; u.TeamID == s.ws.team.ID {
			s.ws.dm(u)
		}
	}
	s.tickets = map[string]ticket{}
	s.pending = map[string]*delivery{}
	s.triggers = map[string]*trigger{}
	s.hooks = map[string]*hook{}
	s.linkOff = false
	s.generation++
}

// Start listens on both sides and returns at once; the sandbox runs until Stop or the end of ctx.
func (s *Server) Start(ctx context.Context) error {
	var lc net.ListenConfig
	public, err := lc.Listen(ctx, "tcp", s.opts.Addr)
	if err != nil {
		return fmt.Errorf("listen for clients: %w", err)
	}
	admin, err := lc.Listen(ctx, "tcp", s.opts.ControlAddr)
	if err != nil {
		return errors.Join(fmt.Errorf("listen for control: %w", err), public.Close())
	}
	ctx, s.cancel = context.WithCancel(ctx)
	s.baseURL = "http://" + public.Addr().String()
	s.adminURL = "http://" + admin.Addr().String()
	s.public = s.serve(ctx, public, s.publicRoutes())
	s.admin = s.serve(ctx, admin, s.Control())
	s.running.Go(func() { s.clock.run(ctx) })
	context.AfterFunc(ctx, func() { _ = s.Stop() })
	return nil
}

func (s *Server) serve(ctx context.Context, l net.Listener, h http.Handler) *http.Server {
	srv := &http.Server{
		Handler: s.track(h), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	s.running.Go(func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("sandbox slack stopped serving", "addr", l.Addr().String(), "err", err)
		}
	})
	return srv
}

// track counts requests, websockets included, among what Stop waits for.
func (s *Server) track(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.gate.RLock()
		if s.stopped {
			s.gate.RUnlock()
			http.Error(w, "the sandbox is stopping", http.StatusServiceUnavailable)
			return
		}
		s.running.Add(1)
		s.gate.RUnlock()
		defer s.running.Done()
		next.ServeHTTP(w, r)
	})
}

// Stop ends every connection and waits for every goroutine. It may be called more than once and without Start.
func (s *Server) Stop() error {
	s.stopOnce.Do(func() {
		close(s.done)
		if s.cancel == nil {
			return
		}
		s.gate.Lock()
		s.stopped = true
		s.gate.Unlock()
		s.cancel()
		s.mu.Lock()
		sockets := s.sockets
		s.mu.Unlock()
		for _, k := range sockets {
			k.cut()
		}
		s.stopErr = errors.Join(s.public.Close(), s.admin.Close())
	})
	s.running.Wait()
	return s.stopErr
}

// BaseURL is where clients find the sandbox, without a trailing slash.
func (s *Server) BaseURL() string { return s.baseURL }

// APIURL is the Web API's address with the trailing slash that clients need.
func (s *Server) APIURL() string { return s.baseURL + "/api/" }

// ControlURL is the address of the control API, without a trailing slash.
func (s *Server) ControlURL() string { return s.adminURL }

// BotToken is the installed app's bot token.
func (s *Server) BotToken() string { return s.opts.BotToken }

// AppToken is the app-level token for Socket Mode.
func (s *Server) AppToken() string { return s.opts.AppToken }

func (s *Server) publicRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("GET /link/", s.serveLink)
	mux.HandleFunc("/commands/{team}/{n}/{key}", s.serveHook)
	mux.HandleFunc("/actions/{team}/{n}/{key}", s.serveHook)
	mux.HandleFunc("/upload/{id}", s.serveUpload)
	mux.HandleFunc("GET /files/{id}", s.serveFile)
	mux.HandleFunc("/", s.serveNothing)
	return mux
}

// serveNothing answers what the sandbox does not have, saying what it has: people do mistype base URLs.
func (s *Server) serveNothing(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	_, _ = fmt.Fprintf(w, "Nothing at %s. This is a sandbox Slack: the Web API is at %s (mind the slash at the end).\n", r.URL.Path, s.APIURL())
}
