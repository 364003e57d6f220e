package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"confbot/conference"
)

// call is one thing to ask of Audian.
type call struct {
	verb   string            // "participants.act": for logs, metrics and errors
	method string            //
	path   string            // with {account}, {id}, {participant}
	params map[string]string // for the path
	query  map[string]string
	body   any
	about  subject // what a 404 is about
	login  bool    // it is the login itself
}

func (c call) write() bool { return c.method != http.MethodGet }

// trip is a call under way, as the hooks see it.
type trip struct {
	call

	rank    rank
	token   string      // sent with the newest attempt
	renewed bool        // a 401 was answered with a new login already
	out     bool        // the newest attempt had its turn
	sent    atomic.Bool // … and got as far as a connection
	answer  answer      // of the newest attempt
}

type tripKey struct{}

func tripOf(ctx context.Context) *trip {
	t, _ := ctx.Value(tripKey{}).(*trip)
	return t
}

// do makes the call: the only place that does.
func (c *Client) do(ctx context.Context, what call) (answer, error) {
	t := &trip{call: what, rank: rankOf(ctx, what.write())}
	ctx = context.WithValue(ctx, tripKey{}, t)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { t.sent.Store(true) }})
	client := c.reads
	if what.write() {
		client = c.writes
	}
	r := client.R().SetContext(ctx).SetHeader("X-Request-ID", rand.Text()).SetPathParams(what.params).SetQueryParams(what.query)
	if what.body != nil {
		body, err := encode(what.body)
		if err != nil {
			return answer{}, fmt.Errorf("%s: encode: %w", what.verb, err)
		}
		r.SetHeader("Content-Type", "application/json").SetBody(body)
	}
	_, err := r.Execute(what.method, what.path)
	err = t.outcome(err)
	if t.out { // waiting for a turn says nothing of Audian
		c.health.note(err)
	}
	if err != nil {
		return answer{}, fmt.Errorf("%s: %w", what.verb, err)
	}
	return t.answer, nil
}

// outcome turns what resty returns into one of our errors.
func (t *trip) outcome(err error) error {
	if err == nil {
		return nil
	}
	if _, ours := errors.AsType[*conference.Error](err); ours {
		return err
	}
	if t.answer.status != 0 { // given up while waiting to try again
		return explain(t.call, t.answer)
	}
	return unanswered(t.call, t.out, t.sent.Load(), err)
}

// before runs ahead of each attempt: it waits for a login and for a turn.
func (c *Client) before(_ *resty.Client, r *resty.Request) error {
	t := tripOf(r.Context())
	t.out, t.answer = false, answer{}
	t.sent.Store(false)
	if !t.login {
		s, err := c.login.session(r.Context())
		if err != nil {
			return err
		}
		t.token = s.token
		r.SetHeader("X-Auth-Token", s.token).SetPathParam("account", s.account)
	}
	err := c.pace.wait(r.Context(), t.rank)
	t.out = err == nil
	return err
}

// after runs behind each answer: it tells the pacer, and turns what is not a
// success into an error.
func (c *Client) after(_ *resty.Client, resp *resty.Response) error {
	t := tripOf(resp.Request.Context())
	t.answer = readAnswer(resp.StatusCode(), resp.Body())
	if t.answer.status == http.StatusTooManyRequests {
		c.pace.refused(retryAfter(resp.Header(), time.Now()))
	} else {
		c.pace.answered(t.answer.left)
	}
	if t.answer.status == http.StatusUnauthorized && t.renewed {
		c.login.rejected()
	}
	if !t.login && t.answer.good() {
		c.login.accepted()
	}
	return explain(t.call, t.answer)
}

// again is asked by resty after each attempt.
func (c *Client) again(resp *resty.Response, err error) bool {
	if resp == nil { // it was not even sent
		return false
	}
	t := tripOf(resp.Request.Context())
	return policy(outcome{
		attempt: resp.Request.Attempt, status: t.answer.status, err: err, write: t.write(), login: t.login,
		renewable: !t.renewed && c.login.curable(t.token),
	})
}

// beforeRetry is told by resty that there will be another attempt.
func (c *Client) beforeRetry(resp *resty.Response, _ error) {
	if t := tripOf(resp.Request.Context()); t.answer.status == http.StatusUnauthorized {
		t.renewed = true
		c.login.spoiled(t.token)
	}
}

// encode writes JSON as Audian should get it: names with & and < as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	v := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(v, 64); err == nil && s >= 0 && s < 86400 {
		return time.Duration(s * float64(time.Second)), true
	}
	if at, err := http.ParseTime(v); err == nil && at.After(now) {
		return at.Sub(now), true
	}
	return 0, false
}
