package bot

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

var errClosing = errors.New("the connection is closing")

// conn is one Socket Mode connection. Its fields before mu do not change once
// it is running.
type conn struct {
	ws     *websocket.Conn
	number int     // for the log
	hello  hello   // what Slack said first
	early  []frame // envelopes that came instead of it

	notice chan string    // reasons of disconnect frames; the first is enough
	done   chan struct{}  // closed when nothing more can be read
	ended  error          // why, once done is closed
	owed   sync.WaitGroup // envelopes that have not been acknowledged
	gone   sync.Once

	mu      sync.Mutex // one writer at a time
	closing bool
}

func newConn(ws *websocket.Conn, number int) *conn {
	c := &conn{ws: ws, number: number, notice: make(chan string, 4), done: make(chan struct{})}
	// Anything at all that arrives shows that the other end is there.
	alive := func() { _ = ws.SetReadDeadline(time.Now().Add(deadAfter)) }
	ws.SetPongHandler(func(string) error { alive(); return nil })
	ws.SetPingHandler(func(text string) error {
		alive()
		err := ws.WriteControl(websocket.PongMessage, []byte(text), time.Now().Add(writeTimeout))
		if errors.Is(err, websocket.ErrCloseSent) {
			return nil
		}
		return err
	})
	// Slack's goodbye is answered when what it has sent is acknowledged, since
	// nothing may follow our own; see part.
	ws.SetCloseHandler(func(int, string) error { return nil })
	alive()
	return c
}

// read returns the next frame. Frames that are not JSON are passed over.
func (c *conn) read() (frame, error) {
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			return frame{}, err
		}
		_ = c.ws.SetReadDeadline(time.Now().Add(deadAfter))
		var f frame
		if err := unmarshal(data, &f); err != nil {
			continue
		}
		if f.Type == "hello" {
			if err := unmarshal(data, &c.hello); err != nil {
				return frame{}, fmt.Errorf("read hello: %w", err)
			}
		}
		return f, nil
	}
}

// serve reads until nothing more comes and hands each envelope to take, which
// must not block and calls paid when it is acknowledged. It pings, so that a
// connection on which nothing comes back is noticed.
func (c *conn) serve(take func(*conn, frame)) {
	go c.ping()
	defer close(c.done)
	for _, f := range c.early {
		c.owed.Add(1)
		take(c, f)
	}
	for {
		f, err := c.read()
		if err != nil {
			c.ended = err
			return
		}
		switch {
		case f.Type == "disconnect":
			select {
			case c.notice <- f.Reason:
			default:
			}
		case f.EnvelopeID != "":
			c.owed.Add(1)
			take(c, f)
		}
	}
}

func (c *conn) ping() {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-c.done:
			return
		case <-tick.C:
			// A failure shows itself to the reader.
			_ = c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTimeout))
		}
	}
}

// write sends one text message. It fails at once when a close has been sent.
func (c *conn) write(data []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return errClosing
	}
	if err := c.ws.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	if err := c.ws.WriteMessage(websocket.TextMessage, data); err != nil {
		c.closing = true // gorilla keeps no connection usable after a failed write
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// close says goodbye, so that Slack sends nothing more here. What it had sent
// before is still read; the reader ends when Slack says goodbye too.
func (c *conn) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return
	}
	c.closing = true
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(writeTimeout))
}

// goodbyeSent reports whether no acknowledgement can be sent here any more.
func (c *conn) goodbyeSent() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closing
}

// paid notes that an envelope has been acknowledged, or never will be.
func (c *conn) paid() { c.owed.Done() }

// part ends a connection that serve has read to its end. If it was Slack that
// said goodbye, what is owed is acknowledged first.
func (c *conn) part() {
	if _, polite := errors.AsType[*websocket.CloseError](c.ended); polite && !c.goodbyeSent() {
		paid := make(chan struct{})
		go func() {
			defer close(paid)
			c.owed.Wait()
		}()
		limit := time.NewTimer(ackWithin)
		defer limit.Stop()
		select {
		case <-paid:
		case <-limit.C:
		}
	}
	c.drop()
}

// drop lets the network connection go.
func (c *conn) drop() {
	c.gone.Do(func() {
		c.close()
		_ = c.ws.Close()
	})
}

// silent reports whether err means that nothing arrived for too long.
func silent(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}
