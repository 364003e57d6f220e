package commands

import (
	"context"

	"confbot/blocks"
	"confbot/conference"
)

func deleteRow() row {
	return row{
		name: "delete", aliases: []string{"remove"}, args: "CONF", summary: "Deletes a conference, after asking", group: blocks.GroupSetUp,
		examples: []string{"delete Standup"}, do: "delete it", need: needConf, right: RightDelete,
		form: func([]Word, map[string]string) bool { return true }, run: runDelete,
	}
}

func runDelete(d *Desk, ctx context.Context, c *call) (Reply, error) {
	return d.deleteForm(ctx, c.Origin, c.conf)
}

func openDelete(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	reply, err := d.deleteForm(ctx, p.Origin, c)
	reply.Push = true
	return reply, err
}

// deleteForm names what will go with the conference, read now.
func (d *Desk) deleteForm(ctx context.Context, o Origin, c conference.Conference) (Reply, error) {
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	links, err := d.records.LinksOf(ctx, c.ID)
	if err != nil {
		return Reply{}, err
	}
	data := blocks.DeleteData{
		Line: l, Meta: blocks.Meta{Conference: c.ID, Channel: o.Channel, Thread: o.ThreadTS}, On: len(l.Snapshot.Run.On()),
		KeepDays: int(d.retention.Hours() / 24),
	}
	for _, link := range links {
		data.Links = append(data.Links, link.Channel)
	}
	v := blocks.DeleteForm(data)
	return Reply{View: &v}, nil
}

// sendDelete deletes the conference. One that is live is ended first.
func sendDelete(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	c, _, err := d.sentConference(ctx, s, RightDelete)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	if on := l.Snapshot.Run.On(); len(on) > 0 {
		out := d.apply(ctx, c.ID, conference.Kick, on, s.User, nil)
		d.auditLine(ctx, s.Origin, l, out)
		if out.err != nil {
			return Reply{Touch: []string{string(c.ID)}}, out.err
		}
	}
	err = d.editor.Delete(ctx, c.ID)
	d.note(ctx, s.Origin, c.ID, "delete", "", outcomeOf(err), "")
	if err != nil {
		return Reply{}, err
	}
	if err := d.records.Forget(ctx, c.ID); err != nil {
		return Reply{}, err
	}
	reply := d.backTo(s.meta, blocks.Deleted(c.Name))
	reply.Touch, reply.Homes = []string{string(c.ID)}, []string{s.User}
	return reply, nil
}
