package bot

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// web makes the calls to Slack's Web API. A method that Slack asks us to slow
// down on is left alone for as long; the other methods go on.
// Source: https://docs.slack.dev/apis/web-api/rate-limits
type web struct {
	api    *slack.Client // does not repeat anything itself
	called func(method, outcome string)

	mu    sync.Mutex
	paces map[string]*pace // by method, once Slack has asked us to slow down on it
}

// pace is how a method may be called after Slack asked us to slow down on it.
type pace struct {
	asked time.Time // when it last did
	until time.Time // it is left alone until then
	next  time.Time // the next turn that nobody has taken
}

func newWeb(api *slack.Client) *web {
	return &web{api: api, called: func(string, string) {}, paces: map[string]*pace{}}
}

// slowFor is how long a method is called at a pace of ours after Slack asked
// us to slow down on it, or all who waited would come at once and be refused
// again.
const slowFor = time.Minute

// slowPace is that pace for a method: what Slack allows where very many calls
// may be waiting, otherwise only enough apart to come in order.
// Source: https://docs.slack.dev/apis/web-api/rate-limits
func slowPace(method string) time.Duration {
	switch method {
	case "chat.postMessage": // several hundred a minute
		return 200 * time.Millisecond
	case "conversations.info": // fifty, and a look-up that hardly anybody waits for
		return 300 * time.Millisecond
	}
	return 50 * time.Millisecond
}

// blocked is how long a method must be left alone.
func (w *web) blocked(method string) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.paces[method]
	if p == nil {
		return 0
	}
	return max(0, time.Until(p.until))
}

func (w *web) block(method string, d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.paces[method]
	if p == nil {
		p = &pace{}
		w.paces[method] = p
	}
	p.asked = time.Now()
	if until := p.asked.Add(d); until.After(p.until) {
		p.until = until
	}
}

// take takes the next turn to call a method, in order of coming, and returns
// how long it is until then. ok is false, and none is taken, if ctx would be
// over.
func (w *web) take(ctx context.Context, method string) (wait time.Duration, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, now := w.paces[method], time.Now()
	if p == nil || now.Sub(p.asked) > slowFor && !p.until.After(now) {
		return 0, true
	}
	turn := now
	for _, t := range []time.Time{p.until, p.next} {
		if t.After(turn) {
			turn = t
		}
	}
	if wait = turn.Sub(now); wait > 0 && !enough(ctx, wait) {
		return wait, false
	}
	p.next = turn.Add(slowPace(method))
	return wait, true
}

// call makes one call, and makes it again only when it is certain that Slack
// did nothing: it asked us to slow down, or was never reached. A wait that
// would outlast ctx is not begun.
func (w *web) call(ctx context.Context, method string, do func(context.Context) error) error {
	var pause backoff
	for {
		if err := w.turn(ctx, method); err != nil {
			return err
		}
		err := w.once(ctx, method, do)
		var wait time.Duration
		switch limited, ok := errors.AsType[*slack.RateLimitedError](err); {
		case err == nil:
			return nil
		case ok:
			w.block(method, max(limited.RetryAfter, time.Second))
			continue
		case slackCode(err) == "ratelimited" || slackCode(err) == "rate_limited":
			w.block(method, time.Second)
			continue
		case limitedPlainly(err):
			w.block(method, time.Second)
			continue
		case unsent(err) && pause.failures < 4:
			wait = pause.next()
		default:
			return err
		}
		if !enough(ctx, wait) || !sleep(ctx, wait) {
			return err
		}
	}
}

// read is call for what changes nothing, so that it is asked once more also
// when no answer came, or none that tells.
func (w *web) read(ctx context.Context, method string, do func(context.Context) error) error {
	var pause backoff
	for attempt := 1; ; attempt++ {
		err := w.call(ctx, method, do)
		if !unsure(err) || unknownMethod(err) || attempt == readTries || ctx.Err() != nil || !sleep(ctx, pause.next()) {
			return err
		}
	}
}

// once makes one attempt, in a time that leaves some for what comes after.
func (w *web) once(ctx context.Context, method string, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	err := do(ctx)
	w.called(method, callOutcome(err))
	return err
}

// callOutcome is how a call ended, in a word.
func callOutcome(err error) string {
	if err == nil {
		return "ok"
	}
	if _, limited := errors.AsType[*slack.RateLimitedError](err); limited || limitedPlainly(err) {
		return "limited"
	}
	return first(slackCode(err), "silent")
}

// limitedPlainly reports a 429 that does not say for how long.
func limitedPlainly(err error) bool {
	status, ok := errors.AsType[slack.StatusCodeError](err)
	return ok && status.Code == http.StatusTooManyRequests
}

// turn waits until the method may be called.
func (w *web) turn(ctx context.Context, method string) error {
	for {
		wait, ok := w.take(ctx, method)
		if !ok || wait > 0 && !sleep(ctx, wait) {
			return &slack.RateLimitedError{RetryAfter: wait}
		}
		if w.blocked(method) == 0 { // nobody was refused meanwhile
			return ctx.Err()
		}
	}
}

// enough reports whether ctx leaves time for a wait.
func enough(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > wait
}

// unsent reports whether a failure shows that the request never left: there
// was no connection to send it on.
func unsent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial"
}

// unsure reports whether Slack may have done what was asked although the call
// failed: no answer came, or one that does not tell.
func unsure(err error) bool {
	if err == nil || unsent(err) {
		return false
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return status.Code >= 500
	}
	switch code := slackCode(err); code {
	case "internal_error", "fatal_error", "request_timeout", "service_unavailable":
		return true
	case "":
		_, limited := errors.AsType[*slack.RateLimitedError](err)
		return !limited
	}
	return false
}
