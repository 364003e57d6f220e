package bot

import (
	"context"
	"strings"
	"sync"

	"confbot/commands"
)

// behindForms remembers, for each form that was opened from a private message,
// how that message can still be replaced: what the form changes is then seen
// in the list that it was opened from. It does not survive a restart.
type behindForms struct {
	mu    sync.Mutex
	lists map[string]*responder // by the form's id
}

// opened notes from which message a form was opened.
func (f *behindForms) opened(form string, r *responder) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, old := range f.lists {
		if !old.usable(1) {
			delete(f.lists, id)
		}
	}
	if f.lists == nil {
		f.lists = map[string]*responder{}
	}
	f.lists[form] = r
}

// of is how the message behind a form is replaced; nil where that cannot be.
func (f *behindForms) of(form string) *responder {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lists[form]
}

// fromPrivate notes that a form was opened from a message that belongs to the
// person alone.
func (w *way) fromPrivate(form string) {
	private := w.click.Ephemeral || strings.HasPrefix(w.origin.Channel, "D")
	if w.kind == kindClick && w.view == nil && private && w.respond != nil {
		w.behind.opened(form, w.respond)
	}
}

// behindForm shows what the message behind a form looks like now. Where it
// cannot be replaced and nothing else tells the person, it comes as a new one.
func (w *way) behindForm(ctx context.Context, r commands.Reply) error {
	if r.Behind == nil {
		return nil
	}
	list := w.respond
	if w.view != nil {
		list = w.behind.of(w.view.ID)
	} else if !w.replaceable() {
		list = nil
	}
	if list.usable(1) && list.private(ctx, *r.Behind, true) == nil {
		return nil
	}
	if r.View != nil || r.Private != nil {
		return nil
	}
	return w.private(ctx, *r.Behind, false)
}
