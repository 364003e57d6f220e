package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// How often cards and panels are drawn again without anybody's click.
// chat.update allows about 50 a minute for the whole workspace.
// Source: https://docs.slack.dev/apis/web-api/rate-limits (Tier 3)
const (
	updatesAMinute = 45
	updatesSaved   = 5
	messageSpacing = 3 * time.Second
	quietAfter     = 5 * time.Second
	drawDeadline   = 15 * time.Second
	drawsAtOnce    = 4
)

// board keeps the cards and panels true. It is live's Sink.
type board struct {
	drawer Drawer
	refs   Refs
	post   *poster
	lanes  *lanes
	log    *slog.Logger
	follow func(conference string, u urgency) // open forms that show it too

	wishing keyed // cards that are being posted

	running sync.WaitGroup
	wake    chan struct{}
	mu      sync.Mutex
	changed map[conference.ID]urgency // not looked up yet
	halved  map[laneKey]int           // how often Slack found a message without rows too long
}

func newBoard(drawer Drawer, refs Refs, post *poster, log *slog.Logger) *board {
	b := &board{
		drawer: drawer, refs: refs, post: post, log: log, follow: func(string, urgency) {},
		wake: make(chan struct{}, 1), changed: map[conference.ID]urgency{}, halved: map[laneKey]int{},
	}
	b.lanes = newLanes(&lanes{
		draw:    guarded(log, b.draw),
		blocked: func() time.Duration { return post.web.blocked("chat.update") },
		budget:  newBudget(updatesAMinute, updatesSaved),
		spacing: messageSpacing, quiet: quietAfter, most: drawsAtOnce,
	})
	return b
}

func (b *board) start(ctx context.Context) {
	b.lanes.start(ctx)
	b.running.Go(func() { b.lookUp(ctx) })
}

func (b *board) stop() {
	b.running.Wait()
	b.lanes.stop()
}

// Changed takes note that a conference looks different now. It does not block.
func (b *board) Changed(s live.Snapshot, d live.Diff) {
	u := background
	if d.Started || d.Ended {
		u = soon
	}
	b.note(s.Conference, u)
}

// touch takes note that somebody changed a conference. What they pressed a
// button in is drawn at once, by their response URL if that can be used.
func (b *board) touch(id conference.ID, at laneKey, respond *responder) {
	if at.id != "" {
		b.lanes.want(drawing{key: at, urgency: urgent, respond: respond}, string(id))
	}
	b.note(id, soon)
}

func (b *board) note(id conference.ID, u urgency) {
	b.mu.Lock()
	b.changed[id] = max(b.changed[id], u)
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// lookUp finds the messages of what has changed.
func (b *board) lookUp(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		}
		b.mu.Lock()
		changed := b.changed
		b.changed = map[conference.ID]urgency{}
		b.mu.Unlock()
		for id, u := range changed {
			b.follow(string(id), u)
			refs, err := b.refs.RefsOf(ctx, id)
			if err != nil {
				b.log.Warn("cards could not be looked up", "conference", id, "error", err)
				continue
			}
			for _, ref := range refs {
				b.lanes.want(drawing{key: laneKey{ref.Channel, ref.TS}, urgency: u}, string(id))
			}
		}
	}
}

// draw renders a message from what is known now and sends it unless it looks
// as before. If the message was asked to change again meanwhile, also by
// another process, it is rendered and sent again, so that the newest always
// stands last.
func (b *board) draw(ctx context.Context, d drawing) outcome {
	ctx, cancel := context.WithTimeout(ctx, drawDeadline)
	defer cancel()
	revision, known, err := b.refs.Bump(ctx, d.key.channel, d.key.id)
	if err != nil {
		b.log.Warn("a message's revision could not be raised", "error", err)
		return failed
	}
	if !known {
		return gone
	}
	result := unchanged
	for {
		ref, known, err := b.refs.Ref(ctx, d.key.channel, d.key.id)
		switch {
		case err != nil:
			b.log.Warn("a message could not be looked up", "error", err)
			return failed
		case !known:
			return gone
		}
		if result == drawn && ref.Revision == revision {
			return drawn
		}
		revision = ref.Revision
		switch sent := b.drawRef(ctx, ref, d); sent {
		case drawn:
			result = drawn
		case unchanged:
			return result
		default:
			return sent
		}
		d.respond = nil // once is what a response URL is good for here
	}
}

func (b *board) drawRef(ctx context.Context, ref store.MessageRef, d drawing) outcome {
	m, err := b.render(ctx, ref)
	switch {
	case conference.KindOf(err) == conference.NotFound:
		return b.farewell(ctx, d)
	case err != nil:
		b.log.Debug("a message could not be drawn", "conference", ref.Conference, "kind", ref.Kind, "error", err)
		return failed
	}
	key := keyOf(m)
	if key == ref.Drawn {
		return unchanged
	}
	err = b.send(ctx, d, m)
	switch {
	case err == nil:
		b.noteDrawn(ctx, d.key, key)
		return drawn
	case messageGone(err):
		b.log.Info("a message of ours is gone", "channel", ref.Channel, "kind", ref.Kind, "why", slackCode(err))
		if err := b.refs.DropRef(ctx, ref.Channel, ref.TS); err != nil {
			b.log.Warn("a lost message could not be forgotten", "error", err)
		}
		return gone
	case tooLong(err) && b.shorten(ctx, &ref, m):
		return b.drawRef(ctx, ref, d)
	}
	// It may have landed or not, so the next drawing is sent whatever it shows.
	b.noteDrawn(ctx, d.key, "")
	b.log.Warn("a message could not be updated", "channel", ref.Channel, "kind", ref.Kind, "error", withoutURL(err))
	return failed
}

// farewell says in a message that its conference was deleted, so that nobody
// dials a number or presses a button that leads nowhere, and forgets it.
func (b *board) farewell(ctx context.Context, d drawing) outcome {
	if err := b.send(ctx, d, blocks.DeletedCard()); err != nil && !messageGone(err) {
		b.log.Warn("the message of a deleted conference could not be updated", "error", withoutURL(err))
		return failed
	}
	if err := b.refs.DropRef(ctx, d.key.channel, d.key.id); err != nil {
		b.log.Warn("the message of a deleted conference could not be forgotten", "error", err)
	}
	return gone
}

// render draws what a message should show now.
func (b *board) render(ctx context.Context, ref store.MessageRef) (blocks.Message, error) {
	b.mu.Lock()
	times := b.halved[laneKey{ref.Channel, ref.TS}]
	b.mu.Unlock()
	var m blocks.Message
	var err error
	switch ref.Kind {
	case store.KindCard, store.KindCardOld:
		m, err = b.drawer.CardView(ctx, ref)
	case store.KindPanel, store.KindPanelOld:
		m, err = b.drawer.PanelView(ctx, ref)
	default:
		return m, fmt.Errorf("nobody draws messages of kind %q", ref.Kind)
	}
	for range times {
		m = halve(m)
	}
	return m, err
}

// send sends a drawing, by the response URL of the click that asked for it if
// there is one: that counts towards no limit.
func (b *board) send(ctx context.Context, d drawing, m blocks.Message) error {
	if d.urgency == urgent {
		// One use is left for the private answer.
		if d.respond.usable(2) {
			if err := d.respond.replace(ctx, m); err == nil {
				return nil
			}
		}
		b.lanes.budget.charge()
	}
	return b.post.update(ctx, d.key.channel, d.key.id, m)
}

func (b *board) noteDrawn(ctx context.Context, key laneKey, drawn string) {
	if err := b.refs.SetDrawn(ctx, key.channel, key.id, drawn); err != nil {
		b.log.Warn("a drawing could not be noted", "error", err)
	}
}

// keyOf is the drawing's own key, or a mark of all that it holds.
func keyOf(m blocks.Message) string {
	if m.Key != "" {
		return m.Key
	}
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(append(raw, m.Text...))
	return hex.EncodeToString(sum[:16])
}
