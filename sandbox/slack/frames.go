package slack

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/http"
)

// maxFrame is the largest frame that Slack's side of a socket accepts; it closes with 1009 above it, and it does not put
// fragmented messages together (slack-go issue 1196, slax issue 614). Neither is documented.
const maxFrame = 20_480

// frameError is a frame which Slack would not take.
type frameError struct{ reason string }

func (e *frameError) Error() string { return e.reason }

// measuredConn looks at the frame headers that a client sends while they pass, since the websocket library hides frames.
type measuredConn struct {
	net.Conn
	header  []byte
	payload uint64 // bytes of the current frame still to come
	refused *frameError
}

func (c *measuredConn) Read(p []byte) (int, error) {
	if c.refused != nil {
		return 0, c.refused
	}
	n, err := c.Conn.Read(p)
	if bad := c.look(p[:n]); bad != nil {
		c.refused = bad
		return 0, bad
	}
	return n, err // a connection returns its own errors
}

// look follows the stream; see RFC 6455, section 5.2 for the header.
func (c *measuredConn) look(p []byte) *frameError {
	for len(p) > 0 {
		if c.payload > 0 {
			skip := min(c.payload, uint64(len(p)))
			c.payload -= skip
			p = p[skip:]
			continue
		}
		c.header = append(c.header, p[0])
		p = p[1:]
		length, complete := frameHeader(c.header)
		if !complete {
			continue
		}
		final, opcode := c.header[0]&0x80 != 0, c.header[0]&0x0f
		c.header = c.header[:0]
		c.payload = length
		switch {
		case opcode == 0 || opcode < 8 && !final:
			return &frameError{"fragmented messages are not put together"}
		case length > maxFrame:
			return &frameError{fmt.Sprintf("Max frame length of %d has been exceeded.", maxFrame)}
		}
	}
	return nil
}

// frameHeader reads a header once all its bytes are there; length is the payload's.
func frameHeader(h []byte) (length uint64, complete bool) {
	if len(h) < 2 {
		return 0, false
	}
	size := 2
	switch length = uint64(h[1] & 0x7f); length {
	case 126:
		size += 2
	case 127:
		size += 8
	}
	extended := size
	if h[1]&0x80 != 0 {
		size += 4 // masking key
	}
	if len(h) < size {
		return 0, false
	}
	switch extended {
	case 4:
		length = uint64(binary.BigEndian.Uint16(h[2:4]))
	case 10:
		length = binary.BigEndian.Uint64(h[2:10])
	}
	return length, true
}

// measuredWriter makes the websocket library take its connection through a measuredConn.
type measuredWriter struct {
	http.ResponseWriter
	conn *measuredConn
}

func (w *measuredWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	h, ok := w.ResponseWriter.(http.Hijacker)
	if !ok {
		return nil, nil, errors.New("this connection cannot become a websocket")
	}
	conn, rw, err := h.Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("hijack: %w", err)
	}
	w.conn = &measuredConn{Conn: conn}
	return w.conn, rw, nil
}
