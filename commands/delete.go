package commands

import (
	"context"
	"errors"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
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
	if _, data.Announcements, err = d.announcements.List(ctx, announce.Filter{Conference: c.ID, Limit: 1}); err != nil {
		return Reply{}, err
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
	if row, begun := d.rowBefore(ctx, s.Origin, s.meta.Conference, "delete"); begun && conference.KindOf(err) == conference.NotFound {
		// It was deleted just before a restart: what is left here goes too.
		return d.forget(ctx, s, conference.Conference{ID: s.meta.Conference, Name: row.Detail}, row), nil
	}
	if err != nil {
		return Reply{}, err
	}
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	on := l.Snapshot.Run.On()
	if len(on) <= soonDone {
		return d.endAndDelete(ctx, s, l, on, nil), nil
	}
	first := blocks.Progress(conference.Kick, 0, len(on))
	return Reply{Private: &first, Later: func(ctx context.Context, step func(blocks.Message)) Reply {
		return d.endAndDelete(ctx, s, l, on, step)
	}}, nil
}

// endAndDelete deletes the conference once everybody is off its line. If
// somebody may still be there it stays, and the person is told who.
func (d *Desk) endAndDelete(ctx context.Context, s *sent, l blocks.Line, on []live.Caller, step func(blocks.Message)) Reply {
	c := l.Conference
	out := d.carryOut(ctx, s.Origin, l, conference.Kick, on, progress(conference.Kick, len(on), step))
	if len(out.lost) > 0 {
		out, _ = d.lookAgain(ctx, c.ID, out)
	}
	reply := Reply{Touch: []string{string(c.ID)}, Homes: []string{s.User}}
	if left := out.left(); len(left) > 0 {
		reply.Private, reply.Err = ptr(blocks.NotDeleted(l, len(out.done), left)), out.err
		return reply
	}
	row, begun := d.rowBefore(ctx, s.Origin, c.ID, "delete")
	if !begun {
		row = d.beginOne(ctx, s.Origin, c.ID, "delete", conference.MaskName(c.Name))
	}
	err := d.editor.Delete(ctx, c.ID)
	_, err = d.sure(ctx, c.ID, c, err, func(_ conference.Conference, err error) bool { return noSuch(err) })
	if err != nil && !noSuch(err) {
		d.endOne(ctx, row, err, "")
		failed := d.failedDoing(ctx, s.Origin, err, s.form.do, c)
		failed.Touch = reply.Touch
		return failed
	}
	return d.forget(ctx, s, c, row)
}

// noSuch reports that Audian has no such conference.
func noSuch(err error) bool { return conference.ReasonOf(err) == conference.NoConference }

// forget takes away what is kept here of a conference that is deleted.
func (d *Desk) forget(ctx context.Context, s *sent, c conference.Conference, row store.Audit) Reply {
	d.endOne(ctx, row, nil, row.Detail)
	reply := Reply{Touch: []string{string(c.ID)}, Homes: []string{s.User}}
	_, err := d.reminders.EndAnnouncements(ctx, c.ID, s.User, d.now())
	if err = errors.Join(err, d.records.Forget(ctx, c.ID)); err != nil {
		return d.failedDoing(ctx, s.Origin, afterwards(err), s.form.do, c).after(reply)
	}
	reply.Private = ptr(blocks.Deleted(c.Name))
	return reply
}
