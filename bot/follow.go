package bot

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"

	"confbot/blocks"
	"confbot/commands"
)

// How often open forms are drawn again by themselves. views.update allows
// about 100 a minute for the whole workspace.
// Source: https://docs.slack.dev/reference/methods/views.update (Tier 4)
const (
	formsAMinute = 90
	formsSaved   = 10
	formSpacing  = 5 * time.Second
	formsAtOnce  = 4
	followFor    = 2 * time.Hour // a form whose closing we did not hear of
	followMost   = 2000
	overFor      = time.Minute
)

// followed knows the open forms that follow a conference and draws them again
// when it changes.
type followed struct {
	desk   Forms
	update func(ctx context.Context, user, id, hash string, v blocks.View) (opened, error)
	lanes  *lanes
	log    *slog.Logger

	mu     sync.Mutex
	open   map[string]openForm
	covers map[string]string    // form that lies on top → bottom of its stack
	over   map[string]time.Time // forms that have just been closed: our call that showed one may be answered later
}

// openForm is a form that somebody looks at.
type openForm struct {
	user       string
	conference string
	view       commands.ViewRef
	drawn      string // mark of what it shows
	at         time.Time
}

func newFollowed(desk Forms, w *web, log *slog.Logger) *followed {
	f := &followed{desk: desk, log: log, open: map[string]openForm{}, covers: map[string]string{}, over: map[string]time.Time{}}
	f.lanes = newLanes(&lanes{
		draw:    guarded(log, f.draw),
		blocked: func() time.Duration { return w.blocked("views.update") },
		budget:  newBudget(formsAMinute, formsSaved),
		spacing: formSpacing, quiet: quietAfter, most: formsAtOnce,
	})
	return f
}

// shown takes note of what a form shows now.
func (f *followed) shown(user string, o opened, v blocks.View) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.open, o.id)
	if v.Follow == "" {
		return
	}
	if len(f.open) >= followMost {
		f.dropOldest()
	}
	f.open[o.id] = openForm{
		user: user, conference: v.Follow, at: time.Now(), drawn: keyOf(blocks.Message{Text: v.Meta, Blocks: v.Blocks}),
		view: commands.ViewRef{ID: o.id, RootID: o.root, Hash: o.hash, CallbackID: v.CallbackID, Meta: v.Meta},
	}
}

func (f *followed) dropOldest() {
	var oldest string
	for id, form := range f.open {
		if oldest == "" || form.at.Before(f.open[oldest].at) {
			oldest = id
		}
	}
	delete(f.open, oldest)
}

// covered takes note that a form lies on top of others, which are not drawn
// until it has gone: phones flicker otherwise.
func (f *followed) covered(o opened) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, closed := f.over[o.id]; o.root != o.id && !closed {
		f.covers[o.id] = o.root
	}
}

// acted takes note that somebody acted in a form: it is on top, and the
// background leaves it alone for a while.
func (f *followed) acted(v commands.ViewRef) {
	f.mu.Lock()
	for id, root := range f.covers {
		if root == v.RootID && id != v.ID {
			delete(f.covers, id)
		}
	}
	known := false
	if form, ok := f.open[v.ID]; ok {
		known = true
		form.view.Hash = first(v.Hash, form.view.Hash)
		f.open[v.ID] = form
	}
	f.mu.Unlock()
	if known {
		f.lanes.click(laneKey{id: v.ID})
	}
}

// closed forgets a form. What it lay on is drawn again.
func (f *followed) closed(id string) {
	f.mu.Lock()
	root := f.covers[id]
	delete(f.open, id)
	delete(f.covers, id)
	f.isOver(id)
	under := map[string]string{}
	for open, form := range f.open {
		if root != "" && form.view.RootID == root {
			under[open] = form.conference
		}
	}
	f.mu.Unlock()
	f.lanes.forget(laneKey{id: id})
	for open, conference := range under {
		f.lanes.want(drawing{key: laneKey{id: open}, urgency: soon}, conference)
	}
}

// isOver keeps for a while that a form was closed. The lock is held.
func (f *followed) isOver(id string) {
	now := time.Now()
	maps.DeleteFunc(f.over, func(_ string, at time.Time) bool { return now.Sub(at) > overFor })
	f.over[id] = now
}

// cleared forgets a whole stack of forms, by any one of it.
func (f *followed) cleared(v commands.ViewRef) {
	f.mu.Lock()
	ids := []string{v.ID}
	for id, form := range f.open {
		if form.view.RootID == v.RootID {
			ids = append(ids, id)
		}
	}
	for id, root := range f.covers {
		if root == v.RootID {
			ids = append(ids, id)
		}
	}
	for _, id := range ids {
		delete(f.open, id)
		delete(f.covers, id)
		f.isOver(id)
	}
	f.mu.Unlock()
	for _, id := range ids {
		f.lanes.forget(laneKey{id: id})
	}
}

// under returns the form that comes to light when one is closed, if it
// follows a conference.
func (f *followed) under(v commands.ViewRef) (commands.ViewRef, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	form, ok := f.open[v.Previous]
	return form.view, ok && v.Previous != ""
}

// changed asks for the forms that follow a conference.
func (f *followed) changed(conference string, u urgency) {
	f.mu.Lock()
	var ids []string
	for id, form := range f.open {
		switch {
		case time.Since(form.at) > followFor:
			delete(f.open, id)
		case form.conference == conference:
			ids = append(ids, id)
		}
	}
	f.mu.Unlock()
	for _, id := range ids {
		f.lanes.want(drawing{key: laneKey{id: id}, urgency: u}, conference)
	}
}

// draw draws one form again unless it has changed or gone meanwhile.
func (f *followed) draw(ctx context.Context, d drawing) outcome {
	ctx, cancel := context.WithTimeout(ctx, drawDeadline)
	defer cancel()
	f.mu.Lock()
	form, ok := f.open[d.key.id]
	hidden := false
	for id, root := range f.covers {
		hidden = hidden || (root == form.view.RootID && id != form.view.ID)
	}
	f.mu.Unlock()
	switch {
	case !ok:
		return gone
	case hidden:
		return unchanged // once the form on top has gone, somebody asks again
	}
	v, err := f.desk.FollowView(ctx, form.user, form.view)
	if err != nil {
		f.log.Debug("an open form could not be drawn", "conference", form.conference, "error", err)
		return failed
	}
	if v.Follow != "" && keyOf(blocks.Message{Text: v.Meta, Blocks: v.Blocks}) == form.drawn {
		return unchanged
	}
	_, err = f.update(ctx, form.user, form.view.ID, form.view.Hash, v)
	switch {
	case err == nil:
		return drawn
	case formGone(err):
		return gone
	case slackCode(err) == "hash_conflict":
		f.unsettle(form.view.ID) // somebody has just acted in it; look again in a while
		return failed
	}
	f.log.Warn("an open form could not be updated", "error", withoutURL(err))
	return failed
}

// unsettle forgets which state of a form Slack has, so that the next drawing
// takes the place of any.
func (f *followed) unsettle(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if form, ok := f.open[id]; ok {
		form.view.Hash = ""
		f.open[id] = form
	}
}
