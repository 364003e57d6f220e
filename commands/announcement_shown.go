package commands

import (
	"context"

	"confbot/blocks"
)

// stage is where somebody acted on an announcement, which is where the change
// is to be seen.
type stage struct {
	Origin
	person person
	place  blocks.RowPlace
	form   bool // the row is in a form
	meta   blocks.Meta
}

func (p *press) stage() stage {
	s := stage{Origin: p.Origin, person: p.person, place: blocks.PlaceOf(p.BlockID), meta: p.meta}
	s.form = p.View != nil && s.place.In != blocks.InHome
	return s
}

// shows says what came of an act, in the list where it was done: drawn anew,
// it has no row that is no longer true. A list that cannot be drawn does not
// keep the sentence from its reader.
func (d *Desk) shows(ctx context.Context, at stage, said blocks.Message) Reply {
	reply := Reply{Private: &said, Over: true, Homes: []string{at.User}}
	switch at.place.In {
	case blocks.InHome:
		if v, err := d.homeView(ctx, at.User, said.Text); err == nil {
			return Reply{View: &v}
		}
	case blocks.InMissed:
		if v, err := d.missedForm(ctx, at.person, at.meta, &said); err == nil {
			reply.Private, reply.View = nil, &v
		}
	case blocks.InList:
		m, err := d.announcementPage(ctx, at.person, at.Channel, listing{where: at.place.Where, page: at.place.Page, said: &said})
		switch {
		case err != nil:
		case at.form:
			v := blocks.InForm("Announcements", m, at.meta)
			reply.Private, reply.View = nil, &v
		default:
			reply.Private = &m
		}
	}
	return reply
}
