package bot

import (
	"context"
	"errors"
	"fmt"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
)

var errTriggerSpent = errors.New("it is too late to open a form")

// deliver shows a reply to whom it is for. First what the person themselves
// sees, then what others see. It returns what could not be delivered; the
// person has then been told of it, if that was possible.
func (w *way) deliver(ctx context.Context, r commands.Reply) error {
	if r.Channel != "" { // a form remembers where it was opened from
		w.origin.Channel, w.origin.ThreadTS = r.Channel, r.Thread
	}
	w.redraw(r)
	err := errors.Join(w.answer(ctx, r), w.behindForm(ctx, r))
	failures := w.public(ctx, r)
	if len(failures) > 0 {
		err = errors.Join(append(failures, err, w.explain(ctx, r, failures[0]))...)
	}
	for _, user := range r.Homes {
		err = errors.Join(err, w.home(ctx, user))
	}
	return err
}

// redraw has what the reply changed drawn again; it does not wait for it.
func (w *way) redraw(r commands.Reply) {
	at := laneKey{}
	if w.kind == kindClick && w.view == nil && !w.click.Ephemeral {
		at = laneKey{w.origin.Channel, w.click.MessageTS}
	}
	for i, id := range r.Touch {
		if i > 0 {
			at = laneKey{}
		}
		w.board.touch(conference.ID(id), at, w.respond)
	}
}

// answer shows the person what came of their interaction.
func (w *way) answer(ctx context.Context, r commands.Reply) error {
	switch {
	case r.View != nil:
		return w.answerView(ctx, r)
	case r.Private != nil && r.Err != nil && !r.Told:
		return w.private(ctx, *r.Private, false)
	case r.Private != nil:
		return w.private(ctx, *r.Private, r.Over)
	case r.Told:
		return nil
	case r.Err != nil && w.kind != kindHome: // nobody asked for more than a look
		return w.private(ctx, w.words.problem(r.Err, w.origin.Ref), false)
	case r.Over:
		return w.remove(ctx)
	case w.kind == kindClick && w.view == nil && !w.click.Ephemeral && len(r.Touch) > 0:
		return w.answerForgotten(ctx)
	}
	return nil
}

// answerForgotten speaks where a click should show in its own message and we
// do not keep that one true, as after the loss of the database.
func (w *way) answerForgotten(ctx context.Context) error {
	_, known, err := w.refs.Ref(ctx, w.origin.Channel, w.click.MessageTS)
	if err != nil || known {
		return nil //nolint:nilerr // the drawing says what is wrong
	}
	return w.private(ctx, w.words.forgotten(), false)
}

// answerView shows the reply's form, or says what became of it.
func (w *way) answerView(ctx context.Context, r commands.Reply) error {
	err := w.showView(ctx, *r.View, r.Push)
	var instead blocks.Message
	switch {
	case err == nil:
		return nil
	case formGone(err):
		instead = w.words.formClosed()
	case triggerSpent(err), errors.Is(err, errTriggerSpent), errors.Is(err, context.DeadlineExceeded):
		instead = w.words.tooLate()
	default:
		instead = w.words.notShown(w.origin.Ref)
	}
	w.formID = ""
	if r.Private != nil {
		instead = *r.Private
	}
	if told := w.private(ctx, instead, r.Over); told != nil || !formGone(err) {
		return errors.Join(fmt.Errorf("show a form: %w", err), told)
	}
	return nil
}

// public shows what everybody sees, and what goes to single people.
func (w *way) public(ctx context.Context, r commands.Reply) []error {
	var failures []error
	note := func(err error) {
		if err != nil {
			failures = append(failures, err)
		}
	}
	if r.Card != nil {
		note(w.board.wish(ctx, *r.Card, first(r.Card.By, w.origin.User)))
	}
	for _, l := range r.Lines {
		note(w.board.line(ctx, l))
	}
	for _, p := range r.Posts {
		_, err := w.post.post(ctx, p.Channel, "", p.Message)
		note(err)
	}
	for _, d := range r.Direct {
		note(w.post.direct(ctx, d.User, d.Message))
	}
	return failures
}

// explain tells the person that something could not be posted.
func (w *way) explain(ctx context.Context, r commands.Reply, err error) error {
	switch at := placeOf(err); {
	case at == placeNotIn && r.Card != nil:
		name := ""
		if r.Card.Channel == w.origin.Channel {
			name = w.channelName
		}
		l := blocks.Line{Conference: conference.Conference{ID: conference.ID(r.Card.Conference)}, Command: w.words.command}
		return w.private(ctx, blocks.InviteMe(l, r.Card.Channel, name), false)
	case at != placeFine:
		return w.private(ctx, w.words.cannotPost(at), false)
	}
	if conference.IsUnsure(err) {
		return w.private(ctx, w.words.maybePosted(w.origin.Ref), false)
	}
	if _, known := errors.AsType[*conference.Error](err); !known {
		err = fault(err, true)
	}
	return w.private(ctx, w.words.problem(err, w.origin.Ref), false)
}

// home draws somebody's App Home anew.
func (w *way) home(ctx context.Context, user string) error {
	v, err := w.desk.HomeView(ctx, user)
	if err != nil {
		return fmt.Errorf("draw App Home: %w", err)
	}
	return w.forms.publish(ctx, user, v)
}
