package bot

import (
	"context"
	"encoding/json"
	"runtime/debug"

	"github.com/slack-go/slack"

	"confbot/blocks"
	"confbot/commands"
)

// What a sent form is answered with.
// Source: https://docs.slack.dev/surfaces/modals#response_actions

type formReply struct {
	Action string                  `json:"response_action"`
	Errors map[string]string       `json:"errors,omitempty"`
	View   *slack.ModalViewRequest `json:"view,omitempty"`
}

func formErrors(errs map[string]string) any { return formReply{Action: "errors", Errors: errs} }

// formAck answers a sent form; nil closes it. A view too large for an
// acknowledgement is shown by a call afterwards, a small one until then.
func (b *Bot) formAck(answer commands.FormAnswer, a arrival) any {
	switch {
	case a.kind != kindSubmission:
		return nil
	case answer.Clear:
		return formReply{Action: "clear"}
	case answer.View == nil:
		return nil
	}
	reply, v := formReply{Action: "update"}, *answer.View
	if !fitsAck(v) {
		v = b.words.loading(a.origin)
	}
	if answer.Push {
		reply.Action, v.ExternalID = "push", pushedName(a)
	}
	m := modal(v)
	reply.View = &m
	return reply
}

func fitsAck(v blocks.View) bool {
	raw, err := json.Marshal(modal(v))
	return err == nil && len(raw) <= maxFrame-500
}

// suggest answers a type-ahead menu, in the acknowledgement, since there is no
// other way.
func (b *Bot) suggest(r *receipt) {
	ctx, cancel := context.WithTimeout(b.ctx, suggestDeadline)
	defer cancel()
	found := make(chan []blocks.Choice, 1)
	b.intake.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				b.log.Error("a type-ahead menu panicked", "name", r.arrival.name, "panic", p, "stack", string(debug.Stack()))
				found <- nil
			}
		}()
		found <- b.desk.Suggest(ctx, r.arrival.query)
	})
	var choices []blocks.Choice
	select {
	case choices = <-found:
	case <-ctx.Done():
		b.log.Warn("a type-ahead menu took too long", "name", r.arrival.name)
	}
	r.ack(suggestions{fitting(blocks.Options(choices))})
}

type suggestions struct {
	Options []*slack.OptionBlockObject `json:"options"`
}

// fitting drops options from the end until an acknowledgement can hold them.
func fitting(options []*slack.OptionBlockObject) []*slack.OptionBlockObject {
	for len(options) > 0 {
		raw, err := json.Marshal(options)
		if err == nil && len(raw) < maxFrame-500 {
			return options
		}
		options = options[:len(options)/2]
	}
	return []*slack.OptionBlockObject{}
}

// closedForm takes note that somebody closed a form.
func (b *Bot) closedForm(a arrival) {
	b.forms.follow.closed(a.view.ID)
	b.pool.run(false, func() {
		defer func() {
			if p := recover(); p != nil {
				b.log.Error("the closing of a form panicked", "name", a.name, "panic", p, "stack", string(debug.Stack()))
			}
		}()
		ctx, cancel := context.WithTimeout(b.ctx, workDeadline)
		defer cancel()
		b.desk.Closed(ctx, a.origin, *a.view)
	})
}
