package commands

import (
	"context"

	"confbot/blocks"
)

// handled reports whether a click with this action id would be answered.
func (d *Desk) handled(action string) bool {
	_, ok := d.actions[action]
	return ok
}

// keep leaves buttons out of a reply that no row of the table answers to, so
// that every click ends in something.
func (d *Desk) keep(r Reply) Reply {
	if r.Private != nil {
		r.Private = ptr(r.Private.Keep(d.handled))
	}
	if r.Behind != nil {
		r.Behind = ptr(r.Behind.Keep(d.handled))
	}
	if r.View != nil {
		r.View = ptr(r.View.Keep(d.handled))
	}
	for i := range r.Lines {
		r.Lines[i].Message = r.Lines[i].Message.Keep(d.handled)
	}
	for i := range r.Posts {
		r.Posts[i].Message = r.Posts[i].Message.Keep(d.handled)
	}
	for i := range r.Direct {
		r.Direct[i].Message = r.Direct[i].Message.Keep(d.handled)
	}
	if later := r.Later; later != nil {
		r.Later = func(ctx context.Context, step func(blocks.Message)) Reply { return d.keep(later(ctx, step)) }
	}
	return r
}
