package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
)

// dialer opens Socket Mode connections.
type dialer struct {
	api    *slack.Client // with the app-level token
	ws     *websocket.Dialer
	secure bool // the Web API is reached by https, so the connection must be wss
}

func newDialer(api *slack.Client, base string, net websocket.Dialer) *dialer {
	net.HandshakeTimeout = openTimeout
	// A frame larger than the buffer is sent in pieces, and Slack does not put
	// pieces together again.
	net.WriteBufferSize = 32 << 10
	if net.Proxy == nil {
		net.Proxy = http.ProxyFromEnvironment
	}
	u, err := url.Parse(base)
	return &dialer{api: api, ws: &net, secure: err == nil && u.Scheme == "https"}
}

// refusedError is a disconnect in the place of a hello.
type refusedError struct{ reason string }

func (e *refusedError) Error() string { return "Slack disconnects at once: " + e.reason }

// dial opens a connection and waits for its hello. It returns no error
// together with a connection that was not greeted.
//
// Source: https://docs.slack.dev/reference/methods/apps.connections.open
func (d *dialer) dial(ctx context.Context, number int) (*conn, error) {
	opening, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	_, address, err := d.api.StartSocketModeContext(opening)
	if err != nil {
		return nil, fmt.Errorf("apps.connections.open: %w", err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, errors.New("apps.connections.open: no usable address") // the address holds a ticket
	}
	if d.secure && u.Scheme != "wss" {
		return nil, errors.New("apps.connections.open: the address is not encrypted")
	}
	ws, response, err := d.ws.DialContext(opening, address, nil)
	if response != nil {
		_ = response.Body.Close() // it holds a part of an error page at most
	}
	if err != nil {
		if response != nil {
			return nil, fmt.Errorf("connect to %s: status %d: %w", u.Host, response.StatusCode, err)
		}
		return nil, fmt.Errorf("connect to %s: %w", u.Host, err)
	}
	c := newConn(ws, number)
	if err := c.greet(ctx); err != nil {
		c.drop()
		return nil, err
	}
	return c, nil
}

// greet reads until the hello.
func (c *conn) greet(ctx context.Context) error {
	stop := context.AfterFunc(ctx, c.drop)
	defer stop()
	_ = c.ws.SetReadDeadline(time.Now().Add(helloTimeout))
	for {
		f, err := c.read()
		switch {
		case err != nil:
			return fmt.Errorf("wait for hello: %w", err)
		case f.Type == "hello":
			return nil
		case f.EnvelopeID != "": // Slack says hello first; who sends work has greeted too
			c.early = append(c.early, f)
			return nil
		case f.Type == "disconnect":
			return &refusedError{f.Reason}
		}
	}
}
