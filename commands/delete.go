package commands

import (
	"context"
	"errors"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
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
	err := d.editor.Delete(ctx, c.ID)
	d.note(ctx, s.Origin, c.ID, "delete", "", outcomeOf(err), "")
	if err == nil {
		_, ended := d.reminders.EndAnnouncements(ctx, c.ID, s.User, d.now())
		err = afterwards(errors.Join(ended, d.records.Forget(ctx, c.ID)))
	}
	if err != nil {
		failed := d.failedDoing(ctx, s.Origin, err, s.form.do, c)
		failed.Touch = reply.Touch
		return failed
	}
	reply.Private = ptr(blocks.Deleted(c.Name))
	return reply
}
