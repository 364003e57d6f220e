package control

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// errEnough ends a Follow from inside.
var errEnough = errors.New("enough")

// Follow reads the stream of changes that a person sees (all changes when user is empty), starting after seq, or with what
// happens from now on when seq is negative. It returns when each returns an error, or ctx or the stream ends. ready, when
// not nil, is called once the server has the subscription.
func (c *Client) Follow(ctx context.Context, user string, seq int64, ready func(), each func(Change) error) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/events?"+url.Values{"user": {user}}.Encode(), nil)
	if err != nil {
		return fmt.Errorf("follow: %w", err)
	}
	if seq >= 0 {
		req.Header.Set("Last-Event-ID", strconv.FormatInt(seq, 10))
	}
	res, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("follow: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("follow: %w", &Error{Status: res.StatusCode, Text: res.Status})
	}
	lines := bufio.NewReaderSize(res.Body, 64<<10)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return fmt.Errorf("follow: %w", err)
		}
		if ready != nil {
			ready()
			ready = nil
		}
		data, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("data:"))
		if !ok {
			continue
		}
		var change Change
		if err := json.Unmarshal(data, &change); err != nil {
			return fmt.Errorf("follow: %w", err)
		}
		if err := each(change); err != nil {
			return err
		}
	}
}

// WaitFor returns the person's screen as soon as it satisfies the condition. It looks once, then after every single
// change, so that it also sees what is on the screen only for a moment. It fails when ctx ends; the error names what the
// last look saw.
func (c *Client) WaitFor(ctx context.Context, user string, wanted func(*Screen) bool) (*Screen, error) {
	screen, err := c.View(ctx, user)
	if err != nil || wanted(screen) {
		return screen, err
	}
	err = c.Follow(ctx, user, screen.Seq, nil, func(change Change) error {
		if !screen.Apply(change) {
			now, err := c.View(ctx, user)
			if err != nil {
				return err
			}
			screen = now
		}
		if wanted(screen) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return screen, nil
	}
	return screen, fmt.Errorf("wait for a change on the screen of %s, which now shows %s: %w", user, screen.Summary(), err)
}
