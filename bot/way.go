package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"confbot/blocks"
	"confbot/commands"
)

// way is how the answer to one interaction travels back to its person.
type way struct {
	*Bot
	arrival
	respond *responder
	formID  string    // the form that shows what comes of it; "" for none
	pushed  string    // our own name for that form, until Slack has told its id
	waiting bool      // that form shows nothing but that it waits
	settles time.Time // when the acknowledgement has surely reached that form
	sent    bool      // a private answer went out already

	under commands.ViewRef // the sent form, whose closing brings another one to light
}

func (b *Bot) newWay(a arrival) *way {
	return &way{Bot: b, arrival: a, respond: newResponder(b.http, a.responseURL, a.origin.At)}
}

// private shows a message to the person alone, where they acted: in the form
// that waits for it, on top of the form or App Home that they acted in, or as
// a message. Over puts it into the place of the private message whose button
// was pressed.
func (w *way) private(ctx context.Context, m blocks.Message, over bool) error {
	if w.waiting {
		w.waiting = false
		if err := w.showInWaiting(ctx, w.words.form(m, w.origin)); err == nil {
			return nil
		}
	}
	if w.showUnder(ctx, m) == nil {
		return nil
	}
	if w.kind == kindClick && w.view != nil && w.triggerLeft() > 0 {
		if err := w.showView(ctx, w.words.form(m, w.origin), true); err == nil {
			return nil
		}
	}
	err := w.tryPrivate(ctx, m, over)
	if refusesBlocks(err) {
		w.log.Error("Slack refuses a private answer's blocks", "ref", w.origin.Ref, "error", err)
		m.Blocks = nil // the text says it all
		err = w.tryPrivate(ctx, m, over)
	}
	w.sent = w.sent || err == nil
	return err
}

var errNothingUnder = errors.New("no list is open under the form")

// showUnder says what a sent form came to in the list that it lay on, since a
// message behind a form is not seen.
func (w *way) showUnder(ctx context.Context, m blocks.Message) error {
	list, ok := w.forms.follow.under(w.under)
	if !ok {
		return errNothingUnder
	}
	list.Answer = m
	v, err := w.desk.FollowView(ctx, w.origin.User, list)
	if err != nil {
		return fmt.Errorf("draw the list under the form: %w", err)
	}
	if _, err := w.forms.update(ctx, w.origin.User, list.ID, "", v); err != nil {
		return err
	}
	w.forms.follow.acted(list) // so that it can be read
	return nil
}

// inPlace reports whether one private answer can take the place of the one
// before. Elsewhere the steps of long work would pile up.
func (w *way) inPlace() bool {
	_, list := w.forms.follow.under(w.under)
	return list || w.formID != "" || w.pushed != "" || w.replaceable()
}

// tryPrivate tries one way after the other, the most fitting first.
func (w *way) tryPrivate(ctx context.Context, m blocks.Message, over bool) error {
	o := w.origin
	byURL := func() error { return w.respond.private(ctx, m, over && w.replaceable()) }
	inChannel := func() error { return w.post.ephemeral(ctx, o.Channel, o.ThreadTS, o.User, m) }
	direct := func() error { return w.post.direct(ctx, o.User, m) }
	var ways []func() error
	switch {
	case over && w.replaceable():
		ways = append(ways, byURL, inChannel)
	case o.Channel == "":
		ways = append(ways, byURL)
	case o.ThreadTS != "": // a response URL answers outside the thread
		ways = append(ways, inChannel, byURL)
	case w.kind == kindShortcut:
		ways = append(ways, inChannel, byURL)
	default:
		ways = append(ways, byURL, inChannel)
	}
	var err error
	for _, try := range append(ways, direct) {
		if err = try(); err == nil || refusesBlocks(err) {
			return err
		}
		w.log.Debug("a private answer takes another way", "ref", o.Ref, "error", withoutURL(err))
	}
	return err
}

// replaceable reports whether the message whose button was pressed belongs to
// the person alone. One that others see is never replaced by an answer.
func (w *way) replaceable() bool {
	if w.kind == kindCommand {
		return w.sent // our own earlier answer
	}
	return w.kind == kindClick && w.view == nil && (w.click.Ephemeral || strings.HasPrefix(w.origin.Channel, "D"))
}

// remove takes the private message away whose button was pressed.
func (w *way) remove(ctx context.Context) error {
	if !w.replaceable() || w.respond == nil {
		return nil
	}
	return w.respond.remove(ctx)
}

// refusesBlocks reports whether Slack takes a message only without its blocks.
func refusesBlocks(err error) bool {
	code := slackCode(err)
	return tooLong(err) || strings.HasPrefix(code, "invalid_blocks") || code == "invalid_attachments"
}

// load shows a loading form at once: what comes of the interaction will take
// its place. It reports whether there is one.
func (w *way) load(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, w.triggerLeft())
	defer cancel()
	show := w.forms.open
	if w.inForm() {
		show = w.forms.push
	}
	o, err := show(ctx, w.origin.User, w.trigger, w.words.loading(w.origin))
	if err != nil {
		w.log.Debug("no loading form", "ref", w.origin.Ref, "error", withoutURL(err))
		return false
	}
	w.formID, w.waiting = o.id, true
	w.fromPrivate(o.id)
	return true
}

// showView shows a form in its place: instead of the one that waits for it,
// on top of the one that the person acted in, or as the first.
func (w *way) showView(ctx context.Context, v blocks.View, push bool) error {
	if v.Kind == blocks.Home {
		return w.forms.publish(ctx, w.origin.User, v)
	}
	if w.formID != "" || w.pushed != "" {
		w.waiting = false
		return w.showInWaiting(ctx, v)
	}
	if w.inForm() && !push {
		return w.replaceView(ctx, w.view.ID, w.view.Hash, v)
	}
	left := w.triggerLeft()
	if left <= 0 {
		return errTriggerSpent
	}
	ctx, cancel := context.WithTimeout(ctx, left+500*time.Millisecond)
	defer cancel()
	if !w.inForm() {
		o, err := w.forms.open(ctx, w.origin.User, w.trigger, v)
		w.formID = o.id
		if err == nil {
			w.fromPrivate(o.id)
		}
		return err
	}
	o, err := w.forms.push(ctx, w.origin.User, w.trigger, v)
	if slackCode(err) == "push_limit_reached" {
		return w.replaceView(ctx, w.view.ID, "", v)
	}
	w.formID = o.id
	return err
}

// replaceView puts a form into the place of another. What somebody's own
// click asked for stands even if the background drew that form meanwhile.
func (w *way) replaceView(ctx context.Context, id, hash string, v blocks.View) error {
	if wait := time.Until(w.settles); wait > 0 && !sleep(ctx, wait) {
		return ctx.Err()
	}
	_, err := w.forms.update(ctx, w.origin.User, id, hash, v)
	if slackCode(err) == "hash_conflict" {
		_, err = w.forms.update(ctx, w.origin.User, id, "", v)
	}
	return err
}
