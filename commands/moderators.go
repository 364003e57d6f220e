package commands

import (
	"context"
	"slices"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

func moderatorsRow() row {
	return row{
		name: "moderators", aliases: []string{"moderator", "mods"}, args: "CONF [add or remove @user …]",
		summary: "Says who moderates it, and changes that", group: blocks.GroupSetUp, do: "add moderators",
		examples: []string{"moderators Standup add @bo", "moderators Standup"}, need: needConf, tail: []string{"add", "remove"},
		right: RightSee, durable: true, fresh: freshSlow, run: runModerators,
	}
}

// runModerators is /conf moderators.
func runModerators(d *Desk, ctx context.Context, c *call) (Reply, error) {
	l, err := d.lineOf(ctx, c.conf, d.live.Snapshot(c.conf.ID), 0)
	if err != nil {
		return Reply{}, err
	}
	if len(c.words) == 0 {
		return Reply{Private: ptr(blocks.Moderators(l))}, nil
	}
	if _, err := d.allow(ctx, c.person, c.Channel, c.conf, RightAdopt); err != nil {
		return Reply{}, err
	}
	users, err := d.usersIn(ctx, c.words[1:])
	if err != nil {
		return Reply{}, err
	}
	if len(users) == 0 {
		return Reply{Private: ptr(blocks.Misused(d.command, c.row.help()))}, nil
	}
	if c.words[0].Is("add") {
		return d.changeModerators(ctx, c.Origin, c.conf, users, nil)
	}
	return d.changeModerators(ctx, c.Origin, c.conf, nil, users)
}

// usersIn reads mentions of people and user groups.
func (d *Desk) usersIn(ctx context.Context, words []Word) ([]string, error) {
	var users []string
	for _, w := range words {
		switch {
		case w.User != "":
			users = append(users, w.User)
		case w.Group != "":
			members, err := d.slack.Groups(ctx, w.Group)
			if err != nil {
				return nil, err
			}
			users = append(users, members...)
		case w.Is("and"):
		default:
			return nil, nil
		}
	}
	slices.Sort(users)
	return slices.Compact(users), nil
}

// changeModerators adds and removes moderators. Adding one adopts a
// conference that was not made here. Everybody concerned is told.
func (d *Desk) changeModerators(ctx context.Context, o Origin, c conference.Conference, add, remove []string) (Reply, error) {
	before, err := d.moderatorsOf(ctx, c.ID)
	if err != nil {
		return Reply{}, err
	}
	kept, was, err := d.records.Kept(ctx, c.ID)
	if err != nil {
		return Reply{}, err
	}
	if !was && len(add) > 0 {
		kept = store.Kept{Conference: c.ID, AdoptedBy: o.User, CreatedAt: d.now()}
		if err := d.records.Keep(ctx, kept); err != nil {
			return Reply{}, err
		}
		d.note(ctx, o, c.ID, "adopt", "", "done", "")
	}
	var added, removed []string
	for _, u := range add {
		m, err := d.slack.Member(ctx, u)
		if err != nil {
			return Reply{}, err
		}
		if slices.Contains(before, u) || m.Bot || m.Deleted || ((m.Guest || m.External) && !d.rules.AllowExternal) {
			continue
		}
		if err := d.records.AddModerator(ctx, store.Moderator{Conference: c.ID, User: u, AddedBy: o.User, At: d.now()}); err != nil {
			return Reply{}, err
		}
		d.note(ctx, o, c.ID, "moderators.add", u, "done", "")
		added = append(added, u)
	}
	for _, u := range remove {
		gone, err := d.records.RemoveModerator(ctx, c.ID, u)
		if err != nil {
			return Reply{}, err
		}
		if gone {
			d.note(ctx, o, c.ID, "moderators.remove", u, "done", "")
			removed = append(removed, u)
		}
	}
	return d.moderatorsChanged(ctx, o, c, before, added, removed)
}

func (d *Desk) moderatorsChanged(ctx context.Context, o Origin, c conference.Conference, before, added, removed []string) (Reply, error) {
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return Reply{}, err
	}
	l.Names = d.namesOf(ctx, slices.Concat(l.Moderators, added, removed, []string{o.User}))
	reply := Reply{
		Private: ptr(blocks.Moderated(l, added, removed)), Touch: []string{string(c.ID)},
		Homes: slices.Concat(added, removed, []string{o.User}),
	}
	for _, u := range added {
		if u != o.User {
			reply.Direct = append(reply.Direct, Direct{User: u, Message: blocks.YouModerate(l, o.User)})
		}
	}
	for _, m := range before {
		if m == o.User || slices.Contains(removed, m) {
			continue
		}
		for _, u := range added {
			reply.Direct = append(reply.Direct, Direct{User: m, Message: blocks.OtherModerates(l, o.User, u, true)})
		}
		for _, u := range removed {
			reply.Direct = append(reply.Direct, Direct{User: m, Message: blocks.OtherModerates(l, o.User, u, false)})
		}
	}
	return reply, nil
}

// openModerators opens the form that says who moderates.
func openModerators(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return Reply{}, err
	}
	v := blocks.ModeratorsForm(l, blocks.Meta{Conference: c.ID, Channel: p.Channel, Thread: p.ThreadTS})
	return Reply{View: &v, Push: true}, nil
}

// sendModerators makes the form's people the moderators.
func sendModerators(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	c, _, err := d.sentConference(ctx, s, RightAdopt)
	if err != nil {
		return Reply{}, err
	}
	before, err := d.moderatorsOf(ctx, c.ID)
	if err != nil {
		return Reply{}, err
	}
	want := s.State.Get(blocks.InUsers, blocks.InUsers).Values
	var add, remove []string
	for _, u := range want {
		if !slices.Contains(before, u) {
			add = append(add, u)
		}
	}
	for _, u := range before {
		if !slices.Contains(want, u) {
			remove = append(remove, u)
		}
	}
	reply, err := d.changeModerators(ctx, s.Origin, c, add, remove)
	reply.Channel, reply.Thread = s.meta.Channel, s.meta.Thread
	return reply, err
}
