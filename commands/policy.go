package commands

import (
	"context"
	"fmt"
	"slices"

	"confbot/conference"
)

// Right is what somebody needs to be allowed for an action.
type Right int

const (
	// RightSee: list, show, look at panels and the private list, reminders.
	RightSee Right = iota
	// RightPIN: see the member PIN.
	RightPIN
	// RightCreate: make a conference.
	RightCreate
	// RightModerate: act on callers, edit, change PINs, share, link, label.
	RightModerate
	// RightAnnounce: announce it in a channel.
	RightAnnounce
	// RightAdopt: say who looks after a conference that was not made here.
	RightAdopt
	// RightDelete: delete it; also who may read who did what.
	RightDelete
)

// Rules are the operator's settings on who may do what.
type Rules struct {
	Team          string   // the workspace we serve; nobody else is
	Admins        []string // users and user groups; none: the workspace's own admins
	Moderators    []string // users and user groups who moderate everything
	CreateAll     bool     // everybody may create
	HideUnadopted bool     // conferences not made or adopted here are for admins only
	AllowExternal bool     // guests and people from elsewhere count as members
}

// person is who acts, with what holds for every conference.
type person struct {
	Member
	admin     bool
	moderator bool // of every conference
}

// standing is what a person is to one conference.
type standing struct {
	person
	kept      bool // made or adopted here
	creator   bool
	moderates bool
	visible   bool
	pins      bool // may see the member PIN
	announce  bool
}

// Refusal says that somebody may not do something, and who could.
type Refusal struct {
	Right      Right
	Conference conference.Conference // zero where none is meant
	Ask        []string              // Slack users who may
	OnlyAdmins bool                  // nobody but admins may
	Outsider   bool                  // not a member of this workspace
	Elsewhere  bool                  // another workspace altogether
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("refused: right %d on conference %q", r.Right, r.Conference.ID)
}

// Unwrap gives a refusal its kind, so that the log tells it from a fault.
func (r *Refusal) Unwrap() error { return &conference.Error{Kind: conference.Denied} }

// person looks up who acts and refuses outsiders. It is the first thing that
// every interaction does.
func (d *Desk) person(ctx context.Context, o Origin) (person, error) {
	if d.rules.Team != "" && o.Team != "" && o.Team != d.rules.Team {
		return person{}, &Refusal{Outsider: true, Elsewhere: true}
	}
	m, err := d.slack.Member(ctx, o.User)
	if err != nil {
		return person{}, fmt.Errorf("look up who acts: %w", err)
	}
	if d.rules.outsider(m) {
		return person{}, &Refusal{Outsider: true}
	}
	p := person{Member: m}
	if p.admin, err = d.isAdmin(ctx, m); err != nil {
		return person{}, err
	}
	if p.moderator, err = d.among(ctx, m.ID, d.rules.Moderators); err != nil {
		return person{}, err
	}
	return p, nil
}

// outsider reports somebody who may do nothing here at all.
func (r Rules) outsider(m Member) bool {
	if m.Bot || m.Deleted {
		return true
	}
	elsewhere := r.Team != "" && m.Team != "" && m.Team != r.Team
	return (m.Guest || m.External || elsewhere) && !r.AllowExternal
}

func (d *Desk) isAdmin(ctx context.Context, m Member) (bool, error) {
	if len(d.rules.Admins) == 0 {
		return m.Admin || m.Owner, nil
	}
	return d.among(ctx, m.ID, d.rules.Admins)
}

// among reports whether the user is one of these users or in one of these
// user groups.
func (d *Desk) among(ctx context.Context, user string, list []string) (bool, error) {
	for _, who := range list {
		if who == user {
			return true, nil
		}
		if who != "" && who[0] == 'S' {
			members, err := d.slack.Groups(ctx, who)
			if err != nil {
				return false, fmt.Errorf("look up user group %s: %w", who, err)
			}
			if slices.Contains(members, user) {
				return true, nil
			}
		}
	}
	return false, nil
}

// stand says what the person is to the conference, from what is stored now.
func (d *Desk) stand(ctx context.Context, p person, channel string, id conference.ID) (standing, error) {
	s := standing{person: p}
	kept, ok, err := d.records.Kept(ctx, id)
	if err != nil {
		return s, err
	}
	mods, err := d.moderators(ctx, id)
	if err != nil {
		return s, err
	}
	s.kept = kept.LookedAfter()
	s.creator = ok && kept.Creator == p.ID
	s.moderates = p.admin || p.moderator || s.creator || slices.Contains(mods, p.ID)
	switch {
	case s.moderates:
		s.visible = true
	case ok && kept.Private:
		s.visible = kept.PrivateChannel != "" && kept.PrivateChannel == channel
	case !s.kept:
		s.visible = !d.rules.HideUnadopted
	default:
		s.visible = true
	}
	s.pins = s.visible && (s.kept || p.admin || p.moderator)
	s.announce = s.moderates || (ok && kept.OpenAnnounce && s.visible)
	return s, nil
}

func (s standing) has(r Right, rules Rules) bool {
	switch r {
	case RightSee:
		return s.visible
	case RightPIN:
		return s.pins
	case RightCreate:
		return rules.CreateAll || s.admin || s.moderator
	case RightModerate:
		return s.moderates
	case RightAnnounce:
		return s.announce
	case RightAdopt:
		return s.admin || s.creator || (s.kept && s.moderates)
	case RightDelete:
		return s.admin || s.creator
	}
	return false
}

// allow is the one place where a person's right to do something with a
// conference is decided. A conference that they may not see does not exist
// for them.
func (d *Desk) allow(ctx context.Context, p person, channel string, c conference.Conference, r Right) (standing, error) {
	s, err := d.stand(ctx, p, channel, c.ID)
	if err != nil {
		return s, err
	}
	return s, d.demand(ctx, s, c, r)
}

// demand is allow for somebody whose standing is known already.
func (d *Desk) demand(ctx context.Context, s standing, c conference.Conference, r Right) error {
	if c.ID != "" && !s.visible {
		return &conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	}
	if s.has(r, d.rules) {
		return nil
	}
	ask, owned, err := d.whoMay(ctx, c.ID, r)
	if err != nil {
		return err
	}
	return &Refusal{Right: r, Conference: c, Ask: ask, OnlyAdmins: !owned && (r == RightDelete || r == RightAdopt)}
}

// whoMay names, at most three, who could do it: the conference's own people
// first, which owned reports; admins where there are none.
func (d *Desk) whoMay(ctx context.Context, id conference.ID, r Right) (ask []string, owned bool, err error) {
	if id != "" {
		kept, ok, err := d.records.Kept(ctx, id)
		if err != nil {
			return nil, false, err
		}
		if ok && kept.Creator != "" {
			ask = append(ask, kept.Creator)
		}
		if r != RightDelete {
			mods, err := d.moderators(ctx, id)
			if err != nil {
				return nil, false, err
			}
			for _, m := range mods {
				if !slices.Contains(ask, m) {
					ask = append(ask, m)
				}
			}
		}
	}
	if owned = len(ask) > 0; !owned {
		// That nobody can be named does not undo the refusal.
		ask, _ = d.admins(ctx)
	}
	return ask[:min(3, len(ask))], owned, nil
}

func (d *Desk) moderators(ctx context.Context, id conference.ID) ([]string, error) {
	rows, err := d.records.Moderators(ctx, id)
	if err != nil {
		return nil, err
	}
	users := make([]string, len(rows))
	for i, r := range rows {
		users[i] = r.User
	}
	return users, nil
}

// admins returns the people who may do everything, groups resolved.
func (d *Desk) admins(ctx context.Context) ([]string, error) {
	if len(d.rules.Admins) == 0 {
		return d.slack.Admins(ctx)
	}
	var out []string
	for _, who := range d.rules.Admins {
		if who != "" && who[0] == 'S' {
			members, err := d.slack.Groups(ctx, who)
			if err != nil {
				return nil, err
			}
			out = append(out, members...)
			continue
		}
		out = append(out, who)
	}
	return out, nil
}
