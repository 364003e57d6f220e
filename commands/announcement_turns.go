package commands

import (
	"context"
	"errors"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// turned is an announcement that somebody who may change it pressed a button of.
type turned struct {
	announce.Listed

	conf  conference.Conference
	who   standing
	drawn time.Time // which post was the next one when the button was drawn; zero: it does not say
	place blocks.RowPlace
}

// pressedAnnouncement is the one that a button names, once the person may
// change it: its owner, the conference's moderators and admins may.
func (d *Desk) pressedAnnouncement(ctx context.Context, p *press) (announce.Listed, conference.Conference, standing, error) {
	t, err := d.pressedTurn(ctx, p)
	return t.Listed, t.conf, t.who, err
}

func (d *Desk) pressedTurn(ctx context.Context, p *press) (t turned, err error) {
	id, drawn := blocks.ParseAnnouncement(p.Value)
	t.drawn, t.place = drawn, blocks.PlaceOf(p.BlockID)
	if t.Listed, err = d.announcements.Get(ctx, announce.ID(id)); err != nil {
		return t, err
	}
	if t.conf, err = d.announcedConference(ctx, t.Conference); err != nil {
		return t, err
	}
	p.conf = t.conf
	t.who, err = d.mayChange(ctx, p.person, p.Channel, t.conf, t.Announcement)
	return t, err
}

func (d *Desk) mayChange(ctx context.Context, p person, channel string, c conference.Conference, a announce.Announcement) (standing, error) {
	s, err := d.allow(ctx, p, channel, c, RightSee)
	if err != nil || a.Owner == p.ID {
		return s, err
	}
	return s, d.demand(ctx, s, c, RightModerate)
}

// row draws the announcement where the button was.
func (d *Desk) rowOf(ctx context.Context, t turned) blocks.AnnouncementRow {
	r := d.announcementRow(ctx, t.who, t.conf, t.Listed)
	r.Place = t.place
	return r
}

// turn is a menu's choice that changes one announcement at once.
func turn(how func(AnnouncementTurns, context.Context, announce.ID) (announce.Listed, error)) handler {
	return func(d *Desk, ctx context.Context, p *press) (Reply, error) {
		t, err := d.pressedTurn(ctx, p)
		if gone(err) {
			return d.shows(ctx, p.stage(), blocks.AnnouncementGone()), nil
		}
		if err != nil {
			return Reply{}, err
		}
		refused, err := d.mayTurn(ctx, p, t)
		if err != nil {
			return Reply{}, err
		}
		if refused != nil {
			return d.shows(ctx, p.stage(), *refused), nil
		}
		l, err := how(d.announcements, ctx, t.ID)
		switch {
		case gone(err):
			return d.shows(ctx, p.stage(), blocks.AnnouncementGone()), nil
		case conference.ReasonOf(err) == conference.ChangedSince: // it is being posted at this moment
			return d.shows(ctx, p.stage(), blocks.AnnouncementKept(d.rowOf(ctx, t), p.action.id, p.person.zone(), d.now())), nil
		}
		d.note(ctx, p.Origin, t.conf.ID, p.action.id, "", outcomeOf(err), "")
		if err != nil {
			return Reply{}, err
		}
		t.Listed = l
		said := blocks.AnnouncementChanged(d.rowOf(ctx, t), p.action.id, p.person.zone(), d.now())
		reply := d.shows(ctx, p.stage(), said)
		reply.Touch = []string{string(t.conf.ID)}
		return reply, nil
	}
}

// gone reports that there is no such announcement, whatever the conference.
func gone(err error) bool {
	e, ok := errors.AsType[*conference.Error](err)
	return ok && e.Kind == conference.NotFound && e.Field == "announcement"
}

// mayTurn answers a choice that would change nothing, or not what the person
// saw: a list stays on the screen while others change what it shows. Nil means
// that it may be done.
func (d *Desk) mayTurn(ctx context.Context, p *press, t turned) (*blocks.Message, error) {
	kept := func() (*blocks.Message, error) {
		return ptr(blocks.AnnouncementKept(d.rowOf(ctx, t), p.action.id, p.person.zone(), d.now())), nil
	}
	switch p.action.id {
	case blocks.AnnounceSkip:
		other := !t.drawn.IsZero() && t.drawn.Unix() != t.Next.At.Unix()
		if t.Paused || t.Next.Key == "" || other {
			return kept()
		}
	case blocks.AnnounceUnskip:
		if t.Paused || !t.Skipped {
			return kept()
		}
	case blocks.AnnouncePause:
		if t.Paused {
			return kept()
		}
	case blocks.AnnounceResume:
		if !t.Paused {
			return kept()
		}
		return d.mayResume(ctx, p, t)
	case blocks.AnnouncePostNow:
		if err := d.demand(ctx, t.who, t.conf, RightPIN); err != nil {
			return nil, err
		}
		last, err := d.reminders.LastPost(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		if time.Since(last) < justPosted {
			return kept()
		}
		return d.cannotPostIn(ctx, t, p.action.id), nil
	}
	return nil, nil
}

// justPosted is how soon after a post nobody means to post once more: they
// pressed twice.
const justPosted = 30 * time.Second

// mayResume mends what an announcement was paused for, where the person's wish
// to go on is all that was missing.
func (d *Desk) mayResume(ctx context.Context, p *press, t turned) (*blocks.Message, error) {
	if refused := d.cannotPostIn(ctx, t, p.action.id); refused != nil {
		return refused, nil
	}
	if t.Why == announce.TroubleShared && t.place.In != "" { // a list does not say what that means
		ch, err := d.slack.Channel(ctx, t.Channel)
		if unsettled := err != nil || ch.Shared; unsettled {
			return ptr(blocks.Paused([]blocks.AnnouncementRow{d.rowOf(ctx, t)}, t.Why)), nil
		}
	}
	owner := t.Owner
	if m, err := d.slack.Member(ctx, owner); err == nil && d.rules.outsider(m) {
		if _, err := d.reminders.Reassign(ctx, t.Conference, owner, p.User); err != nil {
			return nil, err
		}
		owner = p.User
	}
	if t.Why != announce.TroubleShared {
		return nil, nil
	}
	return nil, d.records.SetPref(ctx, owner, sharedAgreed+t.Channel, "yes") // they know it now
}

// cannotPostIn says why nothing can be posted in an announcement's channel;
// nil where that is not known.
func (d *Desk) cannotPostIn(ctx context.Context, t turned, action string) *blocks.Message {
	ch, err := d.slack.Channel(ctx, t.Channel)
	switch {
	case err != nil:
		return nil
	case ch.Archived || ch.ReadOnly:
		return ptr(blocks.StillClosed(d.rowOf(ctx, t), action, ch.Archived))
	case unseen(ch):
		return ptr(blocks.StillNotIn(d.rowOf(ctx, t), action))
	}
	return nil
}
