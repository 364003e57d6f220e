package commands

import (
	"context"
	"fmt"
	"maps"
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
		right: RightSee, durable: true, changes: anyOf("add", "remove"), fresh: freshSlow, run: runModerators,
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
	if err := d.demand(ctx, c.standing, c.conf, RightAdopt); err != nil {
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

// modChange is a wish to change who moderates, and what came of it.
type modChange struct {
	before  []string // who moderated
	add     []string
	remove  []string
	creator []string                   // of remove: they set it up, so they stay
	outside map[blocks.WhyNot][]string // of add
}

// changeModerators adds and removes moderators. Adding one adopts a
// conference that was not made here. Everybody concerned is told.
func (d *Desk) changeModerators(ctx context.Context, o Origin, c conference.Conference, add, remove []string) (Reply, error) {
	m, err := d.planModerators(ctx, c.ID, add, remove)
	if err != nil {
		return Reply{}, err
	}
	if len(m.add) > 0 {
		if err := d.adopt(ctx, o, c.ID); err != nil {
			return Reply{}, err
		}
	}
	for _, u := range m.add {
		if err := d.records.AddModerator(ctx, store.Moderator{Conference: c.ID, User: u, AddedBy: o.User, At: d.now()}); err != nil {
			return Reply{}, afterwards(err)
		}
		d.note(ctx, o, c.ID, "moderators.add", u, "done", "")
	}
	for _, u := range m.remove {
		if _, err := d.records.RemoveModerator(ctx, c.ID, u); err != nil {
			return Reply{}, afterwards(err)
		}
		d.note(ctx, o, c.ID, "moderators.remove", u, "done", "")
	}
	return d.moderatorsChanged(ctx, o, c, m)
}

// planModerators looks everybody up before anything is changed.
func (d *Desk) planModerators(ctx context.Context, id conference.ID, add, remove []string) (modChange, error) {
	m := modChange{outside: map[blocks.WhyNot][]string{}}
	kept, _, err := d.records.Kept(ctx, id)
	if err != nil {
		return m, err
	}
	if m.before, err = d.moderatorsOf(ctx, id); err != nil {
		return m, err
	}
	for _, u := range add {
		who, err := d.slack.Member(ctx, u)
		switch {
		case err != nil:
			return m, fmt.Errorf("look up who is to moderate: %w", err)
		case d.rules.outsider(who):
			why := whyOutside(who)
			m.outside[why] = append(m.outside[why], u)
		case !slices.Contains(m.before, u):
			m.add = append(m.add, u)
		}
	}
	for _, u := range remove {
		switch {
		case u == kept.Creator:
			m.creator = append(m.creator, u)
		case slices.Contains(m.before, u):
			m.remove = append(m.remove, u)
		}
	}
	return m, nil
}

// whyOutside says why somebody may do nothing here.
func whyOutside(m Member) blocks.WhyNot {
	switch {
	case m.Bot:
		return blocks.IsApp
	case m.Deleted:
		return blocks.HasLeft
	case m.Guest:
		return blocks.IsGuest
	}
	return blocks.IsElsewhere
}

// adopt takes on a conference that was not made here.
func (d *Desk) adopt(ctx context.Context, o Origin, id conference.ID) error {
	kept, _, err := d.records.Kept(ctx, id)
	if err != nil || kept.LookedAfter() {
		return err
	}
	kept.Conference, kept.AdoptedBy, kept.CreatedAt = id, o.User, d.now()
	if err := d.records.Keep(ctx, kept); err != nil {
		return err
	}
	d.note(ctx, o, id, "adopt", "", "done", "")
	return nil
}

func (d *Desk) moderatorsChanged(ctx context.Context, o Origin, c conference.Conference, m modChange) (Reply, error) {
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return Reply{}, afterwards(err)
	}
	outside := slices.Concat(slices.Collect(maps.Values(m.outside))...)
	l.Names = d.namesOf(ctx, slices.Concat(l.Moderators, m.add, m.remove, m.creator, outside, []string{o.User}))
	said := blocks.Moderated(l, m.add, m.remove)
	if len(m.creator)+len(outside) > 0 {
		said = blocks.ModeratorsStay(blocks.StayedData{Line: l, Creator: m.creator, Outside: m.outside}, said)
	}
	reply := Reply{
		Private: &said, Touch: []string{string(c.ID)},
		Homes: slices.Concat(m.add, m.remove, []string{o.User}),
	}
	for _, u := range m.add {
		if u != o.User {
			reply.Direct = append(reply.Direct, Direct{User: u, Message: blocks.YouModerate(l, o.User)})
		}
	}
	for _, other := range m.before {
		if other == o.User || slices.Contains(m.remove, other) {
			continue
		}
		for _, u := range m.add {
			reply.Direct = append(reply.Direct, Direct{User: other, Message: blocks.OtherModerates(l, o.User, u, true)})
		}
		for _, u := range m.remove {
			reply.Direct = append(reply.Direct, Direct{User: other, Message: blocks.OtherModerates(l, o.User, u, false)})
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
	return d.changeModerators(ctx, s.Origin, c, add, remove)
}
