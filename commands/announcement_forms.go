package commands

import (
	"context"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// openDeleteAnnouncement and openMoveAnnouncement open the small forms that
// name what is deleted or moved, as it is now.
func openDeleteAnnouncement(d *Desk, ctx context.Context, p *press) (Reply, error) {
	return d.announcementForm(ctx, p, blocks.DeleteAnnouncement)
}

func openMoveAnnouncement(d *Desk, ctx context.Context, p *press) (Reply, error) {
	return d.announcementForm(ctx, p, blocks.MoveAnnouncement)
}

func (d *Desk) announcementForm(ctx context.Context, p *press, draw func(blocks.AnnouncementForm) blocks.View) (Reply, error) {
	t, err := d.pressedTurn(ctx, p)
	if gone(err) {
		return d.goneBehind(ctx, p), nil
	}
	if err != nil {
		return Reply{}, err
	}
	m := blocks.Meta{Channel: p.Channel, Thread: p.ThreadTS, Item: string(t.ID), Action: t.place.String(), More: p.stage().form}
	v := draw(d.formOf(ctx, t, m, p.person))
	return Reply{View: &v}, nil
}

// goneBehind says in the form that waits that there is no such announcement,
// and draws the list behind it without.
func (d *Desk) goneBehind(ctx context.Context, p *press) Reply {
	said := blocks.AnnouncementGone()
	reply := d.shows(ctx, p.stage(), said)
	if reply.View != nil {
		return reply
	}
	v := blocks.InForm("Announcement", said, blocks.Meta{Channel: p.Channel, Thread: p.ThreadTS})
	reply.View, reply.Behind, reply.Private, reply.Over = &v, reply.Private, nil, false
	return reply
}

func (d *Desk) formOf(ctx context.Context, t turned, m blocks.Meta, p person) blocks.AnnouncementForm {
	return blocks.AnnouncementForm{
		Row: d.rowOf(ctx, t), Meta: m, Reader: blocks.Reader{User: p.ID, Zone: p.Zone, Admin: p.admin}, Now: d.now(),
	}
}

// sentTurn is the announcement that a sent form is about, looked up again.
func (d *Desk) sentTurn(ctx context.Context, s *sent) (t turned, err error) {
	t.place = blocks.ParsePlace(s.meta.Action)
	if t.Listed, err = d.announcements.Get(ctx, announce.ID(s.meta.Item)); err != nil {
		return t, err
	}
	if t.conf, err = d.announcedConference(ctx, t.Conference); err != nil {
		return t, err
	}
	s.conf = t.conf
	t.who, err = d.mayChange(ctx, s.person, s.Channel, t.conf, t.Announcement)
	return t, err
}

func (s *sent) stage() stage {
	return stage{
		Origin: s.Origin, person: s.person, place: blocks.ParsePlace(s.meta.Action), form: s.meta.More,
		meta: blocks.Meta{Channel: s.meta.Channel, Thread: s.meta.Thread},
	}
}

// checkDelete closes the form, unless a list is to stand in its place.
func checkDelete(_ *Desk, s *sent) FormAnswer {
	if !s.meta.More {
		return FormAnswer{}
	}
	v := blocks.Loading("Delete announcement", s.meta)
	return FormAnswer{View: &v}
}

// sendDeleteAnnouncement deletes an announcement.
func sendDeleteAnnouncement(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	t, err := d.sentTurn(ctx, s)
	if err == nil {
		err = d.announcements.Delete(ctx, t.ID)
		d.note(ctx, s.Origin, t.conf.ID, blocks.AnnounceDelete, "", outcomeOf(err), "")
	}
	if gone(err) || conference.ReasonOf(err) == conference.ChangedSince {
		return d.showsBehind(ctx, s, blocks.AnnouncementGone()), nil
	}
	if err != nil {
		return Reply{}, err
	}
	t.Next = announce.Occurrence{}
	reply := d.showsBehind(ctx, s, blocks.AnnouncementChanged(d.rowOf(ctx, t), blocks.AnnounceDelete, s.person.zone(), d.now()))
	reply.Touch = []string{string(t.conf.ID)}
	return reply, nil
}

// checkMove answers what needs no question to anybody.
func checkMove(_ *Desk, s *sent) FormAnswer {
	if s.State.Get(blocks.InChannel, blocks.InChannel).Value == "" {
		return FormAnswer{Errors: map[string]string{blocks.InChannel: blocks.FieldChannel}}
	}
	v := blocks.Loading("Move announcement", s.meta)
	return FormAnswer{View: &v}
}

// sendMoveAnnouncement has an announcement posted in another channel from now
// on, after the same questions as before announcing there.
func sendMoveAnnouncement(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	channel := s.State.Get(blocks.InChannel, blocks.InChannel).Value
	t, err := d.sentTurn(ctx, s)
	if err == nil {
		err = d.demand(ctx, t.who, t.conf, RightAnnounce)
	}
	if err == nil {
		err = d.demand(ctx, t.who, t.conf, RightPIN)
	}
	if gone(err) {
		return d.inPlaceOf(ctx, s, blocks.AnnouncementGone()), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if problem, anyway := d.cannotMove(ctx, s, t, channel); problem != "" {
		f := d.formOf(ctx, t, s.meta, s.person)
		f.Problem, f.Anyway, f.Meta.Query = problem, anyway, channel
		f.Meta.Caller = ""
		if anyway {
			f.Meta.Caller = channel
		}
		v := blocks.MoveAnnouncement(f)
		return Reply{View: &v}, nil
	}
	if err := d.agreeShared(ctx, t.Owner, channel); err != nil {
		return Reply{}, err
	}
	l, err := d.announcements.Move(ctx, t.ID, channel)
	if gone(err) {
		return d.inPlaceOf(ctx, s, blocks.AnnouncementGone()), nil
	}
	d.note(ctx, s.Origin, t.conf.ID, blocks.AnnounceMove, "", outcomeOf(err), "")
	if err != nil {
		return Reply{}, err
	}
	t.Listed = l
	reply := d.inPlaceOf(ctx, s, blocks.AnnouncementChanged(d.rowOf(ctx, t), blocks.AnnounceMove, s.person.zone(), d.now()))
	reply.Touch = []string{string(t.conf.ID)}
	return reply, nil
}

// cannotMove says what stands against a channel, or asks once more where many
// or foreign eyes would see the PIN.
func (d *Desk) cannotMove(ctx context.Context, s *sent, t turned, channel string) (problem string, anyway bool) {
	if channel == t.Channel {
		return "It is posted there already. Choose another channel.", false
	}
	dr := draft{edits: true}
	dr.ID, dr.Channel = t.ID, channel
	ch, refused, err := d.whereTo(ctx, s.User, dr)
	switch {
	case err != nil:
		return d.problemText(ctx, s.Origin, err, s.form.do, t.conf.Name), false
	case refused != nil:
		return refused.Text, false
	case unseen(ch):
		return blocks.NotInThere(channel, ch.Name), false
	case (ch.Shared || ch.Members > manyPeople) && s.meta.Caller != channel:
		return blocks.MoveEyes(blocks.EyesData{
			Channel: channel, ChannelName: ch.Name, Members: ch.Members, Guests: d.slack.GuestsIn(ctx, channel), Shared: ch.Shared,
		}), true
	}
	return "", false
}

// agreeShared keeps that an owner's announcement was put into a channel that
// is shared with another organisation, knowingly.
func (d *Desk) agreeShared(ctx context.Context, owner, channel string) error {
	if ch, err := d.slack.Channel(ctx, channel); err != nil || !ch.Shared {
		return nil //nolint:nilerr // then it is asked about before the post
	}
	return d.records.SetPref(ctx, owner, sharedAgreed+channel, "yes")
}

// showsBehind says what came of a form that has closed, in the list that it
// was opened from.
func (d *Desk) showsBehind(ctx context.Context, s *sent, said blocks.Message) Reply {
	reply := d.shows(ctx, s.stage(), said)
	reply.Behind, reply.Private, reply.Over = reply.Private, nil, false
	return reply
}

// inPlaceOf says what came of a form in the form itself, and draws what is
// behind it anew.
func (d *Desk) inPlaceOf(ctx context.Context, s *sent, said blocks.Message) Reply {
	reply := d.showsBehind(ctx, s, said)
	if s.meta.More { // the list stands in the form's place
		return reply
	}
	v := blocks.InForm("Move announcement", said, s.stage().meta)
	reply.View, reply.Homes = &v, []string{s.User}
	return reply
}
