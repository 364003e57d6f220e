package commands

import (
	"context"
	"strings"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

func labelRow() row {
	return row{
		name: "label", aliases: []string{"name"}, args: "NUMBER NAME", summary: "Names an unknown caller's number, for good",
		group: blocks.GroupLine, examples: []string{"label 4821 Front desk", "label 7 @bo"}, do: "name callers",
		need: needWho, right: RightModerate, durable: true, fresh: freshSlow, run: runLabel,
	}
}

// runLabel is /conf label: the first word is a caller of this conference, by
// number or digits, the rest is the name or a member.
func runLabel(d *Desk, ctx context.Context, c *call) (Reply, error) {
	if len(c.words) < 2 {
		return Reply{Private: ptr(blocks.Misused(d.command, c.row.help()))}, nil
	}
	l, err := d.freshLine(ctx, c.conf)
	if err != nil {
		return Reply{}, err
	}
	w := whoIn(c.words[:1], d.namedOn(l))
	switch {
	case w.kind == whoSeveral:
		return Reply{Private: ptr(blocks.WhichCaller(l, w.text, c.row.name, w.callers))}, nil
	case w.kind != whoOne:
		return Reply{Private: ptr(blocks.NobodyMatches(l, w.text))}, nil
	}
	caller := w.callers[0]
	if caller.Number.Hidden() {
		return Reply{Private: ptr(blocks.LabelHidden(l.Who(caller)))}, nil
	}
	name, user := Join(c.words[1:]), ""
	if len(c.words) == 2 {
		user = c.words[1].User
	}
	if user == "" {
		if name, err = conference.CheckName(name); err != nil {
			return Reply{}, err
		}
	}
	return d.label(ctx, c.Origin, l, l.Who(caller), caller.Number, name, user)
}

// label names a number. A free name may not say what only we may say; a
// member is told, and can say that it is not theirs.
func (d *Desk) label(ctx context.Context, o Origin, l blocks.Line, w blocks.Who, n conference.Number, name, user string) (Reply, error) {
	if user == "" && blocks.Claims(name) {
		return Reply{Private: ptr(blocks.LabelClaims())}, nil
	}
	if user != "" {
		if m, err := d.slack.Member(ctx, user); err != nil || m.Bot || m.Deleted {
			return Reply{}, &conference.Error{Kind: conference.Invalid, Reason: conference.Refused, Field: "name", Cause: err}
		}
	}
	row := store.Label{Digits: n.Digits(), Name: strings.TrimSpace(name), User: user, By: o.User, At: d.now(), UsedAt: d.now()}
	if user != "" {
		row.Name = d.name(ctx, user)
	}
	if err := d.records.Label(ctx, row); err != nil {
		return Reply{}, err
	}
	d.note(ctx, o, l.Conference.ID, "label", "number ending "+n.Ends(), "done", "")
	reply := Reply{Private: ptr(blocks.Labelled(n.Ends(), row.Name)), Touch: []string{string(l.Conference.ID)}}
	if user != "" && user != o.User {
		said := blocks.NumberIsYours(w, o.User, d.namesOf(ctx, []string{o.User}), n.Digits())
		reply.Direct = []Direct{{User: user, Message: said}}
	}
	return reply, nil
}

// openLabel opens the form that names a caller.
func openLabel(d *Desk, ctx context.Context, p *press) (Reply, error) {
	l, caller, gone, err := d.onCaller(ctx, p)
	if err != nil || gone.Private != nil {
		return gone, err
	}
	if caller.Number.Hidden() {
		return Reply{Private: ptr(blocks.LabelHidden(l.Who(caller))), Over: p.Ephemeral}, nil
	}
	m := blocks.Meta{Conference: l.Conference.ID, Channel: p.Channel, Thread: p.ThreadTS, Caller: p.Value}
	current := l.Labels[caller.Number.Digits()].Name
	v := blocks.LabelForm(l.Who(caller), current, m)
	return Reply{View: &v, Push: true}, nil
}

func checkLabel(_ *Desk, s *sent) FormAnswer {
	name := strings.TrimSpace(s.State.Get(blocks.InText, blocks.InText).Value)
	user := s.State.Get(blocks.InMember, blocks.InMember).Value
	switch {
	case name == "" && user == "":
		return FormAnswer{Errors: map[string]string{blocks.InText: blocks.FieldLabel}}
	case user == "" && blocks.Claims(name):
		return FormAnswer{Errors: map[string]string{blocks.InText: blocks.FieldClaims}}
	}
	return FormAnswer{}
}

// sendLabel names the caller that the form was opened for.
func sendLabel(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	c, _, err := d.sentConference(ctx, s, RightModerate)
	if err != nil {
		return Reply{}, err
	}
	drawn, err := blocks.ParseCaller(s.meta.Caller)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return Reply{}, err
	}
	caller, ok := drawn.In(l.Snapshot.Run)
	if !ok || caller.Number.Hidden() {
		return Reply{Private: ptr(blocks.OldList(l))}, nil
	}
	name := strings.TrimSpace(s.State.Get(blocks.InText, blocks.InText).Value)
	user := s.State.Get(blocks.InMember, blocks.InMember).Value
	return d.label(ctx, s.Origin, l, l.Who(caller), caller.Number, name, user)
}

// notMine takes a number away from a member who says that it is not theirs.
func notMine(d *Desk, ctx context.Context, p *press) (Reply, error) {
	n := conference.NewNumber(p.Value)
	if n.Hidden() || n.Digits() != p.Value {
		return Reply{}, blocks.ErrStale
	}
	labels, err := d.records.Labels(ctx, p.Value)
	if err != nil {
		return Reply{}, err
	}
	if l, ok := labels[p.Value]; !ok || l.User != p.User {
		return Reply{Private: ptr(blocks.LabelGone())}, nil
	}
	if _, err := d.records.Unlabel(ctx, p.Value); err != nil {
		return Reply{}, err
	}
	d.note(ctx, p.Origin, "", "label.not_mine", "number ending "+n.Ends(), "done", "")
	return Reply{Private: ptr(blocks.LabelTaken(n.Ends()))}, nil
}
