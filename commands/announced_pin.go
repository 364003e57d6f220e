package commands

import (
	"context"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

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
func (d *Desk) PINCome(ctx context.Context, id conference.ID) (blocks.Message, error) {
	c, err := d.book.Fresh(ctx, id)
	if err != nil {
		return blocks.Message{}, err
	}
	access, _, err := d.accessOf(ctx, c)
	return blocks.PINHasCome(access), err
}

// PINRotated is what follows when a timetable's new PIN has taken the old
// one's place: who was reminded before is told.
func (d *Desk) PINRotated(ctx context.Context, id conference.ID) (Reply, error) {
	c, err := d.book.ByID(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	reply := Reply{Touch: []string{string(id)}}
	reply.Direct, err = d.tellReminded(ctx, c, conference.FirstPIN(c.MemberPINs))
	return reply, err
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
		sent := o.SentAt.In(d.zone(ctx, o.Person)).Format("15:04")
		out = append(out, Direct{User: o.Person, Message: blocks.NewPIN(d.plainLine(c), pin, sent)})
	}
	return out, nil
}
