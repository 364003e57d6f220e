package commands

import (
	"context"
	"strconv"
	"strings"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// listView draws somebody's private list from what is known now.
func (d *Desk) listView(p person, s standing, l blocks.Line, m blocks.Meta, answer blocks.Message) blocks.View {
	return blocks.PrivateList(blocks.ListData{
		Line: l, Reader: blocks.Reader{User: p.ID, Zone: p.Zone, Moderates: s.moderates, Admin: p.admin},
		Order: m.Order, Filter: m.Filter, Query: searchable(m.Query, s), Page: m.Page, Answer: answer.Text,
		Channel: m.Channel, Thread: m.Thread, Now: d.now(),
	}).Keep(d.handled)
}

// openList answers with the private list, read afresh.
func (d *Desk) openList(ctx context.Context, o Origin, s standing, c conference.Conference, m blocks.Meta) (Reply, error) {
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	m.Conference = c.ID
	if m.Channel == "" {
		m.Channel, m.Thread = o.Channel, o.ThreadTS
	}
	v := d.listView(s.person, s, l, m, blocks.Message{})
	return Reply{View: &v}, nil
}

// pressList is the handler of everything that opens the private list.
func pressList(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, s, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	return d.openList(ctx, p.Origin, s, c, p.meta)
}

// turnList is the handler of the list's own controls: each changes how it is
// drawn and nothing else.
func turnList(turn func(m *blocks.Meta, p *press) error) handler {
	return func(d *Desk, ctx context.Context, p *press) (Reply, error) {
		if err := turn(&p.meta, p); err != nil {
			return Reply{}, err
		}
		return pressList(d, ctx, p)
	}
}

func listFilter(m *blocks.Meta, p *press) error {
	m.Filter, m.Page = blocks.ListFilter(blocks.Chosen(p.Value)), 0
	return nil
}

func listOrder(m *blocks.Meta, p *press) error {
	m.Order, m.Page = blocks.ListOrder(blocks.Chosen(p.Value)), 0
	return nil
}

func listPage(m *blocks.Meta, p *press) error {
	n, err := strconv.Atoi(p.Value)
	if err != nil {
		return blocks.ErrStale
	}
	m.Page = n
	return nil
}

func listAsItIs(*blocks.Meta, *press) error { return nil }

// pressFind is a choice in the search over callers: words narrow the list, a
// caller becomes its only row.
func pressFind(d *Desk, ctx context.Context, p *press) (Reply, error) {
	words, drawn, one, err := blocks.QueryOf(p.Value)
	if err != nil {
		return Reply{}, err
	}
	c, s, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	if one {
		caller, ok := drawn.In(d.live.Snapshot(c.ID).Run)
		if !ok {
			return Reply{}, blocks.ErrStale
		}
		words = "#" + strconv.Itoa(caller.No)
	}
	p.meta.Query, p.meta.Page = words, 0
	return d.openList(ctx, p.Origin, s, c, p.meta)
}

// searchable is what somebody may search callers for: those who see only the
// last four digits of a number must not learn more by trying longer ones.
func searchable(query string, s standing) string {
	digits := conference.NewNumber(query).Digits()
	if s.moderates || len(digits) <= 4 || strings.Trim(query, "+0123456789 ()-./") != "" {
		return query
	}
	return digits[len(digits)-4:]
}

// intoList draws what a click in somebody's private list came to into that
// list, since a message behind a form is not seen.
func (d *Desk) intoList(ctx context.Context, p *press, reply Reply) Reply {
	if p.View == nil || reply.View != nil {
		return reply
	}
	if later := reply.Later; later != nil {
		if reply.Err == nil { // it shows how far it is on top
			return reply
		}
		reply.Later = func(ctx context.Context, step func(blocks.Message)) Reply {
			return d.intoList(ctx, p, later(ctx, step))
		}
	}
	inList := p.View.CallbackID == blocks.FormList && p.meta.Conference != ""
	if reply.Private == nil && !inList {
		return reply
	}
	var answer blocks.Message
	if reply.Private != nil {
		answer = *reply.Private
	}
	if inList && p.person.ID != "" {
		if v, err := d.followed(ctx, p.person, p.meta, answer); err == nil {
			reply.View, reply.Private = &v, nil
			return reply
		}
	}
	if reply.Private == nil {
		return reply
	}
	// A list that the person may no longer see does not stay on their screen.
	v := blocks.InForm("", answer, p.meta)
	reply.View, reply.Private, reply.Push = &v, nil, !inList
	return reply
}

// followed draws an open list from what was last read.
func (d *Desk) followed(ctx context.Context, p person, m blocks.Meta, answer blocks.Message) (blocks.View, error) {
	c, err := d.book.ByID(ctx, m.Conference)
	if err != nil {
		return blocks.View{}, err
	}
	s, err := d.allow(ctx, p, m.Channel, c, RightSee)
	if err != nil {
		return blocks.View{}, err
	}
	snap := d.live.Snapshot(c.ID)
	if !snap.Known() {
		if snap, err = d.live.Read(ctx, c.ID); err != nil {
			return blocks.View{}, err
		}
	}
	l, err := d.lineOf(ctx, c, snap, 0)
	if err != nil {
		return blocks.View{}, err
	}
	return d.listView(p, s, l, m, answer), nil
}

// FollowView redraws an open form that shows a conference, after something on
// its line has changed.
func (d *Desk) FollowView(ctx context.Context, user string, v ViewRef) (blocks.View, error) {
	m, err := blocks.ParseMeta(v.Meta)
	if err != nil {
		return blocks.View{}, err
	}
	p, err := d.person(ctx, Origin{User: user})
	if err != nil {
		return blocks.View{}, err
	}
	return d.followed(ctx, p, m, v.Answer)
}

// pressMe is "This is me" in a menu.
func pressMe(d *Desk, ctx context.Context, p *press) (Reply, error) {
	l, caller, gone, err := d.onCaller(ctx, p)
	if err != nil || gone.Private != nil {
		return gone, err
	}
	return d.claim(ctx, p.Origin, l, caller)
}

// claim notes that a line is the person's, for this run and, where the number
// shows, for the next ones. It gives no rights: it only keeps their line out
// of their own "mute others".
func (d *Desk) claim(ctx context.Context, o Origin, l blocks.Line, caller live.Caller) (Reply, error) {
	if caller.ClaimedBy != "" && caller.ClaimedBy != o.User {
		return Reply{Private: ptr(blocks.AskThisIsMe(l.Who(caller), d.name(ctx, caller.ClaimedBy)))}, nil
	}
	if err := d.remember(ctx, o, l, caller); err != nil {
		return Reply{}, err
	}
	d.note(ctx, o, l.Conference.ID, blocks.ParticipantMe, target(l, caller), "done", "")
	return Reply{Private: ptr(blocks.ThisIsMe(l.Who(caller))), Touch: []string{string(l.Conference.ID)}}, nil
}

// pressNumber shows a caller's whole number to a moderator.
func pressNumber(d *Desk, ctx context.Context, p *press) (Reply, error) {
	l, caller, gone, err := d.onCaller(ctx, p)
	if err != nil || gone.Private != nil {
		return gone, err
	}
	d.note(ctx, p.Origin, l.Conference.ID, "participant.number", target(l, caller), "done", "")
	return Reply{Private: ptr(blocks.FullNumber(l.Who(caller), caller.Number))}, nil
}

// pressClear takes the rows of those who left away.
func pressClear(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	return Reply{Touch: []string{string(c.ID)}}, err // the click itself lets the rows go, see clickTimes
}
