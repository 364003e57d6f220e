package commands

import (
	"context"
	"slices"
	"time"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// knownRow is a conference with what was last read of it, without asking.
func (d *Desk) knownRow(c conference.Conference) blocks.ConferenceRow {
	snap := d.live.Snapshot(c.ID)
	r := blocks.ConferenceRow{Line: blocks.Line{Conference: c, Snapshot: snap, Command: d.command}, Known: snap.Known(), On: len(snap.Run.On())}
	if r.On > 0 {
		r.Since = snap.Run.Started
	}
	return r
}

// place is the zone whose place a conference's shared messages name: its
// creator's, else that of whoever asked for the message.
func (d *Desk) place(ctx context.Context, users ...string) *time.Location {
	for _, u := range users {
		if u == "" {
			continue
		}
		if m, err := d.slack.Member(ctx, u); err == nil && m.Zone != nil {
			return m.Zone
		}
	}
	return time.UTC
}

// zone is somebody's own time zone.
func (d *Desk) zone(ctx context.Context, user string) *time.Location { return d.place(ctx, user) }

// wantsWords reports whether somebody asked to be told in words what each
// button did.
func (d *Desk) wantsWords(ctx context.Context, user string) bool {
	v, err := d.records.Pref(ctx, user, blocks.PreferWords)
	return err == nil && v != ""
}

// CardView draws a card from what is known now; one whose place a newer card
// has taken is a single line that leads to that one.
func (d *Desk) CardView(ctx context.Context, ref store.MessageRef) (blocks.Message, error) {
	if p, ok := ParsePosting(ref.Occurrence); ok && p.Pending {
		if ref.TS == "" {
			return d.comingCard(ctx, ref)
		}
		if may, err := d.MayShow(ctx, ref.Channel, ref.By); err != nil || !may {
			return d.comingCard(ctx, ref)
		}
	}
	c, unsure, err := d.shownOn(ctx, ref)
	if err != nil {
		return blocks.Message{}, err
	}
	if ref.Kind == store.KindCardOld {
		return d.oldCard(ctx, c, ref)
	}
	access, kept, err := d.accessOf(ctx, c)
	if err != nil {
		return blocks.Message{}, err
	}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), ref.Revision)
	if err != nil {
		return blocks.Message{}, err
	}
	by := kept.Creator // whoever posted the card of an adopted one did not set it up
	if by != "" {
		l.Names[by] = d.name(ctx, by)
	}
	card := blocks.CardData{
		Line: l, Access: access, Posted: ref.PostedAt, By: by, Place: d.place(ctx, by, ref.By), Now: d.now(),
		PINUnsure: unsure,
	}
	if err := d.announced(ctx, ref, c, &card); err != nil {
		return blocks.Message{}, err
	}
	return blocks.Card(card).Keep(d.handled), nil
}

// postsShare is how old a reading may be that several posts of a conference
// share. Audian takes a few calls a second, and many posts may be due at once.
const postsShare = 20 * time.Second

// shownOn is the conference that a card shows. Before its PIN is posted it is
// read itself; if Audian is away then, what was known a minute ago is posted
// with a word about that.
func (d *Desk) shownOn(ctx context.Context, ref store.MessageRef) (c conference.Conference, unsure bool, err error) {
	if ref.TS == "" { // a post is on time, also when Audian is silent rather than away
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, d.patience(postReads))
		defer cancel()
		if c, err = d.book.Recent(ctx, ref.Conference, postsShare); conference.KindOf(err) != conference.Unavailable {
			return c, false, err
		}
		unsure = true
	} else { // posted since Audian last answered, it stays unchecked until it does
		answered, trouble := d.health.LastAnswer()
		unsure = trouble != nil && !answered.IsZero() && ref.PostedAt.After(answered)
	}
	c, err = d.book.ByID(ctx, ref.Conference)
	return c, unsure, err
}

func (d *Desk) oldCard(ctx context.Context, c conference.Conference, ref store.MessageRef) (blocks.Message, error) {
	current, ok, err := d.records.CurrentCard(ctx, ref.Channel, c.ID)
	if err != nil || !ok {
		return blocks.OldCard(c.Name, ""), err
	}
	link, err := d.slack.Permalink(ctx, current.Channel, current.TS)
	if err != nil {
		link = ""
	}
	return blocks.OldCard(c.Name, link), nil
}

// PanelView draws the list in a card's thread from what is known now; below a
// card whose place a newer one has taken there is a single line, too.
func (d *Desk) PanelView(ctx context.Context, ref store.MessageRef) (blocks.Message, error) {
	c, err := d.book.ByID(ctx, ref.Conference)
	if err != nil {
		return blocks.Message{}, err
	}
	if ref.Kind == store.KindPanelOld {
		return d.oldCard(ctx, c, ref)
	}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), ref.Revision)
	if err != nil {
		return blocks.Message{}, err
	}
	by := ref.By
	if len(l.Moderators) > 0 {
		by = l.Moderators[0]
	}
	return blocks.Panel(blocks.PanelData{
		Line: l, Place: d.place(ctx, by, ref.By), Now: d.now(), HeldSince: d.clicks.since(ref), RowLimit: ref.RowLimit,
	}).Keep(d.handled), nil
}

// Suggest answers what somebody types into a menu with type-ahead.
// Whoever may not see something, and whatever fails, finds nothing.
func (d *Desk) Suggest(ctx context.Context, q Query) []blocks.Choice {
	p, err := d.person(ctx, q.Origin)
	if err != nil {
		return nil
	}
	var choices []blocks.Choice
	switch q.ActionID {
	case blocks.PanelFind, blocks.ListFind:
		choices, err = d.suggestCallers(ctx, p, q)
	case blocks.AnnounceFind:
		choices, err = d.suggestConferences(ctx, p, q)
	case blocks.AnnounceZone:
		choices = suggestZones(q.Text)
	}
	if err != nil {
		d.log.DebugContext(ctx, "nothing to suggest", "action", q.ActionID, "error", err)
	}
	return choices
}

func (d *Desk) suggestCallers(ctx context.Context, p person, q Query) ([]blocks.Choice, error) {
	press := &press{Click: Click{Origin: q.Origin, BlockID: q.BlockID, View: q.View}, person: p, action: action{right: RightSee}}
	if q.View != nil {
		press.meta, _ = blocks.ParseMeta(q.View.Meta)
	}
	c, s, err := d.pressedConference(ctx, press)
	if err != nil {
		return nil, err
	}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return nil, err
	}
	return l.FindChoices(searchable(q.Text, s)), nil
}

func (d *Desk) suggestConferences(ctx context.Context, p person, q Query) ([]blocks.Choice, error) {
	exact, part, err := d.matches(ctx, p, q.Channel, q.Text)
	if err != nil {
		return nil, err
	}
	var choices []blocks.Choice
	for _, c := range append(exact, part...) {
		if len(c.ID) <= blocks.MaxOptionValue {
			choices = append(choices, blocks.Choice{Value: string(c.ID), Text: c.Name})
		}
	}
	return choices, nil
}

// NotDone is what a person is told when a restart swallowed their wish.
func (d *Desk) NotDone(p Plan, o Origin, wish string) blocks.Message {
	if wish == "" {
		wish = p.Name
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	data := blocks.NotDoneData{Wish: wish, Asked: o.At, Zone: d.zone(ctx, o.User)}
	rows := d.begunBefore(ctx, o)
	data.Begun = len(rows) > 0
	data.Done = data.Begun && !slices.ContainsFunc(rows, func(r store.Audit) bool { return r.Outcome != "done" })
	return blocks.NotDone(data)
}

// Closed is told when somebody closes a form that asked for it. Nothing needs
// to be done: who follows what is known to whoever draws.
func (d *Desk) Closed(context.Context, Origin, ViewRef) {}
