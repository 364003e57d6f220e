package commands

import (
	"context"
	"slices"
	"strings"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// lineOf gathers what a view of callers is drawn from: who they are called,
// whose lines they are, who moderates.
func (d *Desk) lineOf(ctx context.Context, c conference.Conference, snap live.Snapshot, revision int64) (blocks.Line, error) {
	l := blocks.Line{Conference: c, Snapshot: snap, Command: d.command, Revision: revision}
	var err error
	if l.Moderators, err = d.moderatorsOf(ctx, c.ID); err != nil {
		return l, err
	}
	digits := make([]string, 0, len(snap.Run.Callers))
	for _, caller := range snap.Run.Callers {
		if !caller.Number.Hidden() {
			digits = append(digits, caller.Number.Digits())
		}
	}
	labels, err := d.records.Labels(ctx, digits...)
	if err != nil {
		return l, err
	}
	owners, err := d.records.UserOfLine(ctx, digits...)
	if err != nil {
		return l, err
	}
	l.Labels = make(map[string]blocks.Label, len(labels)+len(owners))
	for key, user := range owners {
		l.Labels[key] = blocks.Label{Name: d.name(ctx, user), Source: blocks.FromSlack, User: user}
	}
	for key, label := range labels {
		b := blocks.Label{Name: label.Name, Source: blocks.ByMember, By: d.name(ctx, label.By), User: label.User}
		if label.User != "" {
			b.Name, b.Source = d.name(ctx, label.User), blocks.FromSlack
		}
		l.Labels[key] = b
	}
	l.Names = d.namesIn(ctx, l)
	return l, nil
}

// namesIn looks up everybody whom a drawing of the line may mention.
func (d *Desk) namesIn(ctx context.Context, l blocks.Line) map[string]string {
	users := slices.Clone(l.Moderators)
	for _, c := range l.Snapshot.Run.Callers {
		users = append(users, c.MutedBy, c.DeafBy, c.ClaimedBy, c.KickedBy)
	}
	for _, n := range l.Snapshot.Run.Notes {
		users = append(users, n.By)
	}
	return d.namesOf(ctx, users)
}

func (d *Desk) namesOf(ctx context.Context, users []string) map[string]string {
	names := make(map[string]string, len(users))
	for _, u := range users {
		if u != "" && names[u] == "" {
			names[u] = d.name(ctx, u)
		}
	}
	return names
}

// name is what a Slack user is called. A look-up that fails costs the name,
// never the view.
func (d *Desk) name(ctx context.Context, user string) string {
	if user == "" {
		return ""
	}
	m, err := d.slack.Member(ctx, user)
	if err != nil || m.Name == "" {
		return "somebody"
	}
	return m.Name
}

func (d *Desk) nameList(ctx context.Context, users []string) []string {
	out := make([]string, 0, len(users))
	for _, u := range users {
		out = append(out, d.name(ctx, u))
	}
	return out
}

// moderatorsOf is the conference's creator and those who were added.
func (d *Desk) moderatorsOf(ctx context.Context, id conference.ID) ([]string, error) {
	kept, ok, err := d.records.Kept(ctx, id)
	if err != nil {
		return nil, err
	}
	users, err := d.moderators(ctx, id)
	if err != nil {
		return nil, err
	}
	if ok && kept.Creator != "" && !slices.Contains(users, kept.Creator) {
		users = append([]string{kept.Creator}, users...)
	}
	return users, nil
}

// access is how one gets into the conference: its own numbers where it has
// some, else those that reach every conference.
func (d *Desk) access(c conference.Conference, kept store.Kept) blocks.Access {
	numbers, conferenceNumber := d.dialIn, kept.Number
	if kept.DialIn != "" {
		numbers = ownNumbers(kept.DialIn)
	}
	if conferenceNumber == "" && len(c.Numbers) > 0 {
		conferenceNumber = c.Numbers[0]
	}
	return blocks.AccessOf(c, numbers, conferenceNumber)
}

// ownNumbers reads a conference's own dial-in numbers as they are stored:
// "+14155550100" or "US=+14155550100,DE=+49…".
func ownNumbers(stored string) []blocks.DialIn {
	var out []blocks.DialIn
	for item := range strings.SplitSeq(stored, ",") {
		label, number, ok := strings.Cut(strings.TrimSpace(item), "=")
		if !ok {
			label, number = "", label
		}
		if number != "" {
			out = append(out, blocks.DialIn{Label: label, Number: number})
		}
	}
	return out
}

// accessOf is access with what is kept of the conference. A list may tell
// nothing of PINs, which must not read as there being none; then the
// conference itself is asked.
func (d *Desk) accessOf(ctx context.Context, c conference.Conference) (blocks.Access, store.Kept, error) {
	kept, _, err := d.records.Kept(ctx, c.ID)
	if err == nil && c.PINProof == conference.Unproven && len(c.MemberPINs) == 0 {
		c, err = d.book.Fresh(ctx, c.ID)
	}
	return d.access(c, kept), kept, err
}

// named joins the callers on the line with what is known of them, for WHO.
func (d *Desk) namedOn(l blocks.Line) []named {
	on := l.Snapshot.Run.On()
	out := make([]named, len(on))
	for i, c := range on {
		w := l.Who(c)
		out[i] = named{Caller: c, user: w.User}
		if label, ok := l.Labels[c.Number.Digits()]; ok {
			out[i].label = label.Name
		}
	}
	return out
}
