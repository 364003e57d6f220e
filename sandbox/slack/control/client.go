package control

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Client speaks the control API. It is safe for concurrent use and holds no connection of its own, except while WaitFor
// or Follow runs.
type Client struct {
	base string
	http *http.Client
}

// New makes a client for a control root such as Server.ControlURL. A nil http.Client means the default one; it must not
// have a time-out, since the event stream stays open.
func New(base string, h *http.Client) *Client {
	if h == nil {
		h = http.DefaultClient
	}
	return &Client{base: strings.TrimSuffix(base, "/"), http: h}
}

// Error is a refusal of the control API: what was asked for is nothing a person could do.
type Error struct {
	Status int
	Text   string
}

func (e *Error) Error() string { return e.Text }

// Workspace reads what does not depend on who looks.
func (c *Client) Workspace(ctx context.Context) (*Workspace, error) {
	return get[Workspace](ctx, c, "/workspace", nil)
}

// View reads everything that a person sees.
func (c *Client) View(ctx context.Context, user string) (*Screen, error) {
	return get[Screen](ctx, c, "/view", url.Values{"user": {user}})
}

// Type writes into a channel; a slash command is dispatched. See Done for how refusals come back.
func (c *Client) Type(ctx context.Context, in Typed) (*Done, error) {
	return post[Done](ctx, c, "/act/type", in)
}

// Click uses an element of a message or a view.
func (c *Client) Click(ctx context.Context, in Click) (*Done, error) {
	return post[Done](ctx, c, "/act/click", in)
}

// Submit sends a form and waits for the app's answer.
func (c *Client) Submit(ctx context.Context, in Submission) (*Submitted, error) {
	return post[Submitted](ctx, c, "/act/submit", in)
}

// Close closes a form.
func (c *Client) Close(ctx context.Context, in Closing) (*Done, error) {
	return post[Done](ctx, c, "/act/close", in)
}

// Shortcut uses a global or message shortcut.
func (c *Client) Shortcut(ctx context.Context, in Shortcutting) (*Done, error) {
	return post[Done](ctx, c, "/act/shortcut", in)
}

// Home opens a tab of the app's home.
func (c *Client) Home(ctx context.Context, user, tab string) (*Done, error) {
	return post[Done](ctx, c, "/act/home", HomeOpening{User: user, Tab: tab})
}

// Suggest types into an external select.
func (c *Client) Suggest(ctx context.Context, in Suggesting) (*Suggestions, error) {
	return post[Suggestions](ctx, c, "/act/suggest", in)
}

// Reload starts the person's client anew.
func (c *Client) Reload(ctx context.Context, user string) (*Done, error) {
	return post[Done](ctx, c, "/act/reload", Reloading{User: user})
}

// Member does what is one of join, leave, invite, kick and read.
func (c *Client) Member(ctx context.Context, what, user, channel string) (*Done, error) {
	return post[Done](ctx, c, "/act/"+what, Membership{User: user, Channel: channel})
}

// ChangeUser creates or changes a person.
func (c *Client) ChangeUser(ctx context.Context, in UserChange) (*User, error) {
	return post[User](ctx, c, "/users", in)
}

// ChangeChannel creates or changes a channel.
func (c *Client) ChangeChannel(ctx context.Context, in ChannelChange) (*Done, error) {
	return post[Done](ctx, c, "/channels", in)
}

// AddFaults switches faults on.
func (c *Client) AddFaults(ctx context.Context, rules ...Fault) ([]Fault, error) {
	out, err := post[[]Fault](ctx, c, "/faults", rules)
	if err != nil {
		return nil, err
	}
	return *out, nil
}

// Faults lists the rules and how often each has struck.
func (c *Client) Faults(ctx context.Context) ([]Fault, error) {
	out, err := get[[]Fault](ctx, c, "/faults", nil)
	if err != nil {
		return nil, err
	}
	return *out, nil
}

// ClearFaults switches all faults off.
func (c *Client) ClearFaults(ctx context.Context) error {
	_, err := call[[]Fault](ctx, c, http.MethodDelete, "/faults", nil, nil)
	return err
}

// Sockets lists the app's live connections.
func (c *Client) Sockets(ctx context.Context) ([]Socket, error) {
	out, err := get[[]Socket](ctx, c, "/sockets", nil)
	if err != nil {
		return nil, err
	}
	return *out, nil
}

// OrderSocket does something to a connection.
func (c *Client) OrderSocket(ctx context.Context, in SocketOrder) error {
	_, err := post[[]Socket](ctx, c, "/sockets", in)
	return err
}

// Clock scales or advances the sandbox's clock.
func (c *Client) Clock(ctx context.Context, in ClockOrder) (*ClockState, error) {
	return post[ClockState](ctx, c, "/clock", in)
}

// Requests reads the log after a sequence number; 0 is from the start of what is kept.
func (c *Client) Requests(ctx context.Context, since int64) ([]Record, error) {
	out, err := get[[]Record](ctx, c, "/requests", url.Values{"since": {strconv.FormatInt(since, 10)}})
	if err != nil {
		return nil, err
	}
	return *out, nil
}

// Reset goes back to the seeded workspace. Sockets stay open.
func (c *Client) Reset(ctx context.Context) error {
	_, err := post[Done](ctx, c, "/reset", struct{}{})
	return err
}

func get[T any](ctx context.Context, c *Client, path string, query url.Values) (*T, error) {
	return call[T](ctx, c, http.MethodGet, path, query, nil)
}

func post[T any](ctx context.Context, c *Client, path string, body any) (*T, error) {
	return call[T](ctx, c, http.MethodPost, path, nil, body)
}

func call[T any](ctx context.Context, c *Client, method, path string, query url.Values, body any) (*T, error) {
	var payload io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
		payload = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path+"?"+query.Encode(), payload)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		refusal := &Error{Status: res.StatusCode}
		var said struct {
			Error string `json:"error"`
		}
		if json.NewDecoder(res.Body).Decode(&said) == nil {
			refusal.Text = said.Error
		}
		return nil, fmt.Errorf("%s %s: %w", method, path, refusal)
	}
	out := new(T)
	if err := json.NewDecoder(res.Body).Decode(out); err != nil {
		return nil, fmt.Errorf("%s %s: read the answer: %w", method, path, err)
	}
	return out, nil
}
