package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"confbot/blocks"
)

// errSpent says that a response URL can be used no more.
var errSpent = errors.New("the response URL is used up or too old")

// responder answers by an interaction's response URL, which needs no
// membership, rings nobody and counts towards no method's limit. It is done
// here and not by slack-go, which does not look at what Slack answers.
//
// Source: https://docs.slack.dev/interactivity/handling-user-interaction
type responder struct {
	http *http.Client
	url  string
	born time.Time

	mu   sync.Mutex
	left int // uses
}

func newResponder(client *http.Client, url string, born time.Time) *responder {
	if url == "" {
		return nil
	}
	return &responder{http: client, url: url, born: born, left: responseUses}
}

// usable reports whether at least n more answers can be sent. A nil responder
// never is.
func (r *responder) usable(n int) bool {
	if r == nil || time.Since(r.born) >= responseAge {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.left >= n
}

// responseBody is a message as a response URL takes it.
type responseBody struct {
	Type    string        `json:"response_type,omitempty"`
	Replace bool          `json:"replace_original"`
	Delete  bool          `json:"delete_original,omitempty"`
	Text    string        `json:"text,omitempty"`
	Blocks  []slack.Block `json:"blocks,omitempty"`
}

// private sends a message that only the person sees; over makes it take the
// place of the private message whose button was pressed.
func (r *responder) private(ctx context.Context, m blocks.Message, over bool) error {
	return r.send(ctx, responseBody{Type: "ephemeral", Replace: over, Text: m.Text, Blocks: m.Blocks})
}

// replace draws the message whose button was pressed anew, for everybody.
func (r *responder) replace(ctx context.Context, m blocks.Message) error {
	return r.send(ctx, responseBody{Replace: true, Text: m.Text, Blocks: m.Blocks})
}

// remove takes the private message whose button was pressed away.
func (r *responder) remove(ctx context.Context) error {
	return r.send(ctx, responseBody{Delete: true})
}

func (r *responder) send(ctx context.Context, body responseBody) error {
	if !r.use() {
		return errSpent
	}
	data, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("answer by response URL: %w", err)
	}
	for {
		wait, err := r.post(ctx, data)
		if wait == 0 || !enough(ctx, wait) || !sleep(ctx, wait) {
			return err
		}
	}
}

func (r *responder) use() bool {
	if r == nil || time.Since(r.born) >= responseAge {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.left == 0 {
		return false
	}
	r.left--
	return true
}

// post sends once. A wait that is not zero says that Slack did nothing and
// when to try again. Errors never hold the URL, which is a secret.
func (r *responder) post(ctx context.Context, data []byte) (wait time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url, bytes.NewReader(data))
	if err != nil {
		return 0, errors.New("answer by response URL: not a URL")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := r.http.Do(req)
	if err != nil {
		return 0, fmt.Errorf("answer by response URL: %w", withoutURL(err))
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, 64<<10))
	if err != nil {
		return 0, fmt.Errorf("answer by response URL: %w", err)
	}
	if res.StatusCode == http.StatusTooManyRequests {
		return retryAfter(res.Header), &slack.RateLimitedError{RetryAfter: retryAfter(res.Header)}
	}
	return 0, r.verdict(res.StatusCode, answer)
}

// verdict reads what Slack says: "ok", or JSON that says so.
func (r *responder) verdict(status int, answer []byte) error {
	var said struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	isJSON := json.Unmarshal(answer, &said) == nil
	switch {
	case said.Error == "expired_url" || said.Error == "used_url" || status == http.StatusNotFound || status == http.StatusGone:
		r.mu.Lock()
		defer r.mu.Unlock()
		r.left = 0
		return fmt.Errorf("%w: %s", errSpent, said.Error)
	case status >= 300:
		return slack.StatusCodeError{Code: status, Status: http.StatusText(status)}
	case isJSON && said.OK != nil && !*said.OK:
		return slack.SlackErrorResponse{Err: first(said.Error, "unknown_error")}
	}
	return nil
}

// retryAfter reads when Slack wants to be asked again, at least a second from
// now.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 1 {
		return time.Second
	}
	return time.Duration(seconds) * time.Second
}
