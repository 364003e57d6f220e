package bot

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"

	"confbot/announce"
	"confbot/conference"
	"confbot/live"
)

// Options is what a Bot works with.
type Options struct {
	AppToken string // xapp-, for connections; also the journal's key comes from it
	BotToken string // xoxb-, for everything else
	APIURL   string // "" is Slack's; with a trailing slash
	Command  string // the slash command's name, with its slash
	Journal  Journal
	Refs     Refs
	Log      *slog.Logger
	Metrics  Metrics // nil counts nothing

	// Connections is how many are kept open; 0 is two. Slack allows ten for
	// all processes together.
	Connections int
	// HTTP makes the calls to Slack; nil is a client of its own.
	HTTP *http.Client
	// Dialer opens the connections; its zero value is fine.
	Dialer websocket.Dialer
}

// Bot is the Slack side of the program. Make it with New, give it the Desk
// with Serve, then Start it.
type Bot struct {
	log     *slog.Logger
	metrics Metrics
	words   words
	http    *http.Client
	web     *web
	refs    Refs

	desk        Desk
	post        *poster
	directory   *Directory
	changes     func(ctx context.Context, channel, name string, why announce.Trouble) error // nil: nobody wants to know
	journal     *journal
	forms       *forms
	behind      behindForms
	board       *board
	connections *connections
	pool, long  *pool
	seen        seen

	intake  sync.WaitGroup // envelopes that are being received
	unacked atomic.Int64   // envelopes that have not been acknowledged
	loops   sync.WaitGroup

	identity atomic.Pointer[identity]
	// The app whose commands we get; the token says it, and then the hello.
	connectedApp atomic.Pointer[string]
	mismatch     sync.Once // of the tokens' apps

	ctx                context.Context // of all work; ends last
	cancel             context.CancelFunc
	quit               context.CancelFunc // ends the loops
	starting, stopping sync.Once
}

// How much is done at once.
const (
	poolSize     = 32
	poolReserved = 8
	poolWaiting  = 2000
	longSize     = 4
	longWaiting  = 100
)

// New makes a Bot. It does no I/O.
func New(o Options) (*Bot, error) {
	seal, err := newSealer(o.AppToken)
	if err != nil {
		return nil, err
	}
	if o.Metrics == nil {
		o.Metrics = uncounted{}
	}
	if o.HTTP == nil {
		o.HTTP = newHTTPClient()
	}
	if o.APIURL == "" {
		o.APIURL = slack.APIURL
	}
	if o.Connections == 0 {
		o.Connections = 2
	}
	api := slack.New(o.BotToken, slack.OptionAppLevelToken(o.AppToken), slack.OptionHTTPClient(o.HTTP), slack.OptionAPIURL(o.APIURL))
	b := &Bot{
		log: o.Log, metrics: o.Metrics, words: words{o.Command}, http: o.HTTP, refs: o.Refs,
		web: newWeb(api), journal: newJournal(o.Journal, seal, o.Log),
		pool: newPool(poolSize, poolReserved, poolWaiting), long: newPool(longSize, 0, longWaiting),
	}
	b.web.called = o.Metrics.Called
	b.post = newPoster(b.web)
	b.directory = newDirectory(b.web, func() string { return b.me().team })
	b.connections = newConnections(o.Connections, o.Log, newDialer(api, o.APIURL, o.Dialer).dial, b.take)
	b.connections.met = b.greeted
	app := appOf(o.AppToken)
	b.connectedApp.Store(&app)
	b.connections.counted = o.Metrics.Connected
	b.ctx, b.cancel = context.WithCancel(context.Background())
	return b, nil
}

// newHTTPClient returns a client for many calls to one host at a time. A
// single call's time is limited by its context.
func newHTTPClient() *http.Client {
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   5 * time.Second,
		ResponseHeaderTimeout: 10 * time.Second,
		ForceAttemptHTTP2:     true,
	}
	return &http.Client{Transport: transport, Timeout: 15 * time.Second}
}

// Serve gives the Bot its Desk, once and before Start. The two need each
// other: the Desk looks people up in the Directory.
func (b *Bot) Serve(desk Desk) {
	b.desk = desk
	follow := newFollowed(desk, b.web, b.log)
	b.forms = &forms{web: b.web, follow: follow}
	follow.update = b.forms.update
	b.board = newBoard(desk, b.refs, b.post, b.log)
	b.board.follow = follow.changed
}

// Directory looks people and places up.
func (b *Bot) Directory() *Directory { return b.directory }

// Changed takes note that a conference looks different now, so that what
// shows it is drawn again. It does not block. See live.Sink.
func (b *Bot) Changed(s live.Snapshot, d live.Diff) { b.board.Changed(s, d) }

// Redraw has everything that shows a conference drawn again.
func (b *Bot) Redraw(id conference.ID) { b.board.note(id, soon) }

// Start connects and works until Stop. It returns at once; whether Slack can
// be reached is told by Ready. A second call does nothing.
func (b *Bot) Start(ctx context.Context) {
	b.starting.Do(func() {
		ctx, b.quit = context.WithCancel(ctx)
		b.journal.start(b.ctx)
		b.board.start(ctx)
		b.forms.follow.lanes.start(ctx)
		b.loops.Go(func() {
			if !b.identify(ctx) {
				return
			}
			b.loops.Go(func() { b.takeUpLeftovers(ctx) })
			b.connections.start(ctx)
		})
	})
}

// Ready reports whether people can be served, or why not.
func (b *Bot) Ready() (ok bool, why string) {
	if b.identity.Load() == nil {
		if trouble := b.connections.state(); trouble != "" {
			return false, trouble
		}
		return false, "Slack has not told us yet who we are"
	}
	return b.connections.ready()
}

// Stop ends the Bot within 25 seconds: nothing new is taken, what has been
// acknowledged is finished, and Slack is told goodbye. A second call waits for
// the first.
func (b *Bot) Stop() {
	b.starting.Do(func() { // it never was, and never will be
		b.quit = func() {}
		close(b.journal.ended)
	})
	b.stopping.Do(func() {
		b.quit()
		b.loops.Wait()
		b.awaitAcks()
		closing, done := context.WithTimeout(context.Background(), closeDeadline)
		b.connections.stop(closing)
		done()
		b.finishWork()
		b.cancel()
		b.journal.wait()
		b.http.CloseIdleConnections()
	})
}

// awaitAcks gives what has just arrived the time to be acknowledged.
func (b *Bot) awaitAcks() {
	limit := time.NewTimer(ackPatience)
	defer limit.Stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for b.unacked.Load() > 0 {
		select {
		case <-look.C:
		case <-limit.C:
			return
		}
	}
}

// finishWork waits for what runs. What takes too long is told to end, and if
// it was written down it is taken up at the next start.
func (b *Bot) finishWork() {
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		b.intake.Wait()
		b.pool.wait()
		b.long.wait()
		if b.board != nil {
			b.board.stop()
			b.forms.follow.lanes.stop()
		}
	}()
	limit := time.NewTimer(stopDeadline)
	defer limit.Stop()
	select {
	case <-finished:
		return
	case <-limit.C:
		b.log.Warn("some work did not finish in time")
		b.cancel()
	}
	limit.Reset(closeDeadline)
	select {
	case <-finished:
	case <-limit.C:
	}
}

// uncounted counts nothing.
type uncounted struct{}

func (uncounted) Acked(string, time.Duration)                    {}
func (uncounted) Finished(string, string, string, time.Duration) {}
func (uncounted) Called(string, string)                          {}
func (uncounted) Connected(int)                                  {}
