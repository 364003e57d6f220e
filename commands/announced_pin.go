package commands

import (
	"context"
	"errors"
	"slices"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// How long a post waits for Audian.
const (
	postReads = 3 * time.Second
	nameReads = time.Second
	downReads = 300 * time.Millisecond // where the call before got no answer
)

// patience is how long a post waits, at most, for Audian: hardly at all while
// it does not answer, since many posts may be due.
func (d *Desk) patience(most time.Duration) time.Duration {
	if _, trouble := d.health.LastAnswer(); trouble != nil {
		return min(most, downReads)
	}
	return most
}

// comingCard is a card for a conference of which nothing can be read: on time,
// its PIN to follow.
func (d *Desk) comingCard(ctx context.Context, ref store.MessageRef) (blocks.Message, error) {
	name, err := d.records.Pref(ctx, string(ref.Conference), knownName)
	if err != nil {
		return blocks.Message{}, err
	}
	if name == "" {
		name = "Conference"
	}
	kept, _, err := d.records.Kept(ctx, ref.Conference)
	if err != nil {
		return blocks.Message{}, err
	}
	c := conference.Conference{ID: ref.Conference, Name: name}
	l := d.plainLine(c)
	l.Names, l.Revision = map[string]string{}, ref.Revision
	card := blocks.CardData{Line: l, Access: d.access(c, kept), Posted: ref.PostedAt, Place: d.place(ctx, ref.By), Now: d.now()}
	card.Open = false
	if err := d.announced(ctx, ref, c, &card); err != nil {
		return blocks.Message{}, err
	}
	card.PINComing = true
	return blocks.Card(card).Keep(d.handled), nil
}

// PINCome says in a card's thread which PIN it was waiting for.
func (d *Desk) PINCome(ctx context.Context, o announce.Occurrence) (blocks.Message, error) {
	c, err := d.book.Fresh(ctx, o.Conference)
	if err != nil {
		return blocks.Message{}, err
	}
	access, _, err := d.accessOf(ctx, c)
	if err != nil {
		return blocks.Message{}, err
	}
	if pin, ok := d.newPINOf(o, c); ok {
		access.PIN = pin
	}
	return blocks.PINHasCome(access), nil
}

// newPINOf is the new PIN of an occurrence that has one.
func (d *Desk) newPINOf(o announce.Occurrence, c conference.Conference) (pin conference.PIN, ok bool) {
	if !o.Rotated {
		return pin, false
	}
	pin, ok = d.noted(o.Key, o.Note)
	return pin, ok && slices.Contains(c.MemberPINs, pin)
}

// PINRotated is a new message for everybody who was reminded with a PIN that
// an occurrence's new one has replaced. Whoever was told of that PIN, as
// PINTold notes, is left out.
func (d *Desk) PINRotated(ctx context.Context, o announce.Occurrence) ([]Direct, error) {
	c, err := d.book.Fresh(ctx, o.Conference)
	if err != nil {
		return nil, err
	}
	pin, ok := d.newPINOf(o, c)
	if !ok {
		return nil, nil // somebody changed it since, and told people of that one
	}
	told, err := d.tellReminded(ctx, c, pin)
	if err != nil {
		return nil, err
	}
	var left []Direct
	for _, t := range told {
		known, err := d.records.Pref(ctx, t.User, toldOfPIN+string(c.ID))
		if err != nil {
			return nil, err
		}
		if known != o.Key {
			left = append(left, t)
		}
	}
	return left, nil
}

// PINTold notes that somebody was told of an occurrence's new PIN.
func (d *Desk) PINTold(ctx context.Context, user string, o announce.Occurrence) error {
	return d.records.SetPref(ctx, user, toldOfPIN+string(o.Conference), o.Key)
}

// KnowsPIN reports whether PINTold was called for somebody, or for a card, and
// an occurrence's new PIN.
func (d *Desk) KnowsPIN(ctx context.Context, who string, o announce.Occurrence) (bool, error) {
	known, err := d.records.Pref(ctx, who, toldOfPIN+string(o.Conference))
	return known == o.Key, err
}

// toldOfPIN begins the key under which it is kept of whose occurrence's new
// PIN somebody knows.
const toldOfPIN = "pin."

// showNewPIN puts the new PIN of the post that a reminder belongs to into it,
// when that is there already: the old one works only until the post is out.
// Whoever gets it here needs no other message about it.
func (d *Desk) showNewPIN(ctx context.Context, o announce.Occurrence, c conference.Conference, access *blocks.Access) error {
	l, err := d.announcements.Get(ctx, o.Announcement)
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	post := l.Next
	if post.Key != o.Parent { // it is out, and the old PIN is about to go
		card, _, err := d.records.CurrentCard(ctx, l.Channel, c.ID)
		if err != nil {
			return err
		}
		p, _ := ParsePosting(card.Occurrence)
		post = announce.Occurrence{Key: p.Key, Note: p.Note, Rotated: p.Note != ""}
	}
	pin, ok := d.newPINOf(post, c)
	if !ok || post.Key != o.Parent {
		return nil
	}
	access.PIN = pin
	return d.PINTold(ctx, o.Person, announce.Occurrence{Key: o.Parent, Conference: c.ID})
}

// tellReminded is a new message for everybody whose reminder showed a PIN
// that no longer works.
func (d *Desk) tellReminded(ctx context.Context, c conference.Conference, pin conference.PIN) ([]Direct, error) {
	told, err := announce.ToldOfPIN(ctx, d.reminders, c.ID)
	if err != nil {
		return nil, err
	}
	var out []Direct
	for _, o := range told {
		p, err := d.person(ctx, Origin{User: o.Person})
		if _, refused := errors.AsType[*Refusal](err); refused {
			continue // who may no longer see it hears no more of it
		}
		if err != nil {
			return nil, err
		}
		may, err := d.mayBeReminded(ctx, p, c.ID)
		if err != nil {
			return nil, err
		}
		if !may {
			continue
		}
		sent := o.SentAt.In(d.zone(ctx, o.Person)).Format("15:04")
		out = append(out, Direct{User: o.Person, Message: blocks.NewPIN(d.plainLine(c), pin, sent)})
	}
	return out, nil
}

// OldPINView tells an owner that a post shows the PIN from before.
func (d *Desk) OldPINView(ctx context.Context, n announce.Notice) blocks.Message {
	data := blocks.OldPINData{At: n.AwayFrom, Zone: d.zone(ctx, n.Person)}
	for _, a := range n.Announcements {
		data.Channel, data.Conference = a.Channel, conference.Conference{ID: a.Conference, Name: d.KnownName(ctx, a.Conference)}
	}
	return blocks.OldPIN(data).Keep(d.handled)
}

// KnownName is a conference's name, also while Audian cannot be asked.
func (d *Desk) KnownName(ctx context.Context, id conference.ID) string {
	if c, err := d.book.ByID(ctx, id); err == nil {
		return c.Name
	}
	if known, err := d.records.Pref(ctx, string(id), knownName); err == nil && known != "" {
		return known
	}
	return "a conference"
}

// ZoneOf is somebody's time zone.
func (d *Desk) ZoneOf(ctx context.Context, user string) *time.Location { return d.zone(ctx, user) }
