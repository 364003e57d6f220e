package commands

import (
	"context"
	"strconv"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// remindMinutes is how long before a run a reminder comes where the person
// has not said otherwise.
const remindMinutes = 5

func remindRow() row {
	return row{
		name: "remind", args: "[CONF] [off]", summary: "Sends you a message before each run that is announced",
		group: blocks.GroupDialIn, examples: []string{"remind Standup", "remind Standup off"}, do: "be reminded of it",
		need: needConf, tail: []string{"off", "on"}, right: RightPIN, durable: true, fresh: freshSlow, run: runRemind,
	}
}

func runRemind(d *Desk, ctx context.Context, c *call) (Reply, error) {
	if len(c.words) > 1 {
		return Reply{Private: ptr(blocks.Misused(d.command, c.row.help()))}, nil
	}
	if len(c.words) == 1 && c.words[0].Is("off") {
		return d.remindOff(ctx, c.User, c.conf)
	}
	return d.remindOn(ctx, c.person, c.conf)
}

func (d *Desk) remindOn(ctx context.Context, p person, c conference.Conference) (Reply, error) {
	minutes, err := d.minutesBefore(ctx, p.ID)
	if err != nil {
		return Reply{}, err
	}
	r := announce.Reminder{Person: p.ID, Conference: c.ID, Minutes: minutes, CreatedAt: d.now()}
	if err := d.reminders.SaveReminder(ctx, r, d.now()); err != nil {
		return Reply{}, err
	}
	next, err := d.nextRun(ctx, c.ID)
	if err != nil {
		return Reply{}, err
	}
	said := blocks.RemindedOf(blocks.RemindedOfData{Line: d.plainLine(c), Minutes: minutes, Next: next, Zone: p.zone(), Now: d.now()})
	return Reply{Private: &said, Homes: []string{p.ID}}, nil
}

// minutesBefore is how long before a run somebody wants to be reminded.
func (d *Desk) minutesBefore(ctx context.Context, user string) (int, error) {
	pref, err := d.records.Pref(ctx, user, preferMinutes)
	if n, bad := strconv.Atoi(pref); bad == nil && n >= 0 && n <= announce.MaxRemindMinutes {
		return n, err
	}
	return remindMinutes, err
}

// nextRun is when a conference's next announced run starts; zero when nothing
// is planned.
func (d *Desk) nextRun(ctx context.Context, id conference.ID) (time.Time, error) {
	first, _, err := d.announcements.List(ctx, announce.Filter{Conference: id, Limit: 1})
	if err != nil || len(first) == 0 {
		return time.Time{}, err
	}
	if next := first[0].Next; next.Starts.IsZero() {
		return next.At, nil
	}
	return first[0].Next.Starts, nil
}

// remindAll gives all of somebody's reminders the time before a run that they
// prefer now.
func (d *Desk) remindAll(ctx context.Context, user string) error {
	minutes, err := d.minutesBefore(ctx, user)
	if err != nil {
		return err
	}
	mine, err := d.reminders.RemindersBy(ctx, user)
	if err != nil {
		return err
	}
	for _, r := range mine {
		if r.Minutes == minutes {
			continue
		}
		r.Minutes = minutes
		if err := d.reminders.SaveReminder(ctx, r, d.now()); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) remindOff(ctx context.Context, user string, c conference.Conference) (Reply, error) {
	if _, err := d.reminders.DropReminder(ctx, user, c.ID); err != nil {
		return Reply{}, err
	}
	return Reply{Private: ptr(blocks.ReminderSet(d.plainLine(c), 0, false)), Homes: []string{user}}, nil
}

func (d *Desk) plainLine(c conference.Conference) blocks.Line {
	return blocks.Line{Conference: c, Command: d.command}
}

// pressRemind is "Remind me" on a card.
func pressRemind(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	return d.remindOn(ctx, p.person, c)
}

// pressStop is "Stop reminding me", in a message or in the form that lists
// the reminders.
func pressStop(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, err := d.reminded(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	reply, err := d.remindOff(ctx, p.User, c)
	if err != nil || p.View == nil {
		return reply, err
	}
	form, err := d.reminderForm(ctx, p.person)
	form.Homes = reply.Homes
	return form, err
}

// pressNotToday leaves out today's reminders of a conference.
func pressNotToday(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, err := d.reminded(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	if err := announce.NotToday(ctx, d.reminders, p.User, c.ID, p.person.zone()); err != nil {
		return Reply{}, err
	}
	return Reply{Private: ptr(blocks.NotToday(d.plainLine(c)))}, nil
}

// reminded is the conference that a reminder's button is about.
func (d *Desk) reminded(ctx context.Context, p *press) (conference.Conference, error) {
	id, err := p.conferenceID()
	if err != nil {
		return conference.Conference{}, err
	}
	return d.remindedOf(ctx, p.person, p.Channel, id)
}

// remindedOf is a conference that somebody set a reminder for. One that is
// deleted, hidden from them since, or not to be read just now, can still be
// stopped; then it is not named.
func (d *Desk) remindedOf(ctx context.Context, p person, here string, id conference.ID) (conference.Conference, error) {
	unnamed := conference.Conference{ID: id, Name: "that conference"}
	s, err := d.stand(ctx, p, here, id)
	if err != nil || !s.visible {
		return unnamed, err
	}
	c, err := d.book.ByID(ctx, id)
	switch conference.KindOf(err) {
	case conference.NotFound, conference.Unavailable:
		return unnamed, nil
	case conference.Invalid, conference.Denied, conference.Conflict, conference.Internal:
	}
	return c, err
}

// openReminders lists somebody's reminders.
func openReminders(d *Desk, ctx context.Context, p *press) (Reply, error) {
	return d.reminderForm(ctx, p.person)
}

func (d *Desk) reminderForm(ctx context.Context, p person) (Reply, error) {
	mine, err := d.reminders.RemindersBy(ctx, p.ID)
	if err != nil {
		return Reply{}, err
	}
	data := blocks.RemindersData{Zone: p.zone(), Now: d.now()}
	for _, r := range mine {
		c, err := d.remindedOf(ctx, p, "", r.Conference)
		if err != nil {
			return Reply{}, err
		}
		next, err := d.nextRun(ctx, c.ID)
		if err != nil {
			return Reply{}, err
		}
		data.Rows = append(data.Rows, blocks.ReminderRow{Line: d.plainLine(c), Minutes: r.Minutes, Next: next, Value: string(c.ID)})
	}
	v := blocks.Reminders(data)
	return Reply{View: &v}, nil
}

// ReminderView is the message before a run. What its reader may no longer see
// comes as a Refusal, and is not sent to them.
func (d *Desk) ReminderView(ctx context.Context, r announce.Reminder, o announce.Occurrence) (blocks.Message, error) {
	p, err := d.person(ctx, Origin{User: r.Person})
	if err != nil {
		return blocks.Message{}, err
	}
	soon, cancel := context.WithTimeout(ctx, d.patience(postReads)) // many are reminded of one conference at once
	defer cancel()
	c, err := d.book.Recent(soon, r.Conference, postsShare)
	if conference.KindOf(err) == conference.Unavailable {
		c, err = d.book.ByID(ctx, r.Conference)
	}
	if err != nil {
		return blocks.Message{}, err
	}
	if may, err := d.mayBeReminded(ctx, p, c.ID); err != nil {
		return blocks.Message{}, err
	} else if !may {
		return blocks.Message{}, &Refusal{Right: RightPIN, Conference: c}
	}
	access, _, err := d.accessOf(ctx, c)
	if err != nil {
		return blocks.Message{}, err
	}
	if err := d.showNewPIN(ctx, o, c, &access); err != nil {
		return blocks.Message{}, err
	}
	return blocks.Reminder(blocks.ReminderData{
		Line: d.plainLine(c), Access: access, Starts: o.Starts, Now: d.now(), Country: countryOf(p.Zone), Value: string(c.ID),
	}).Keep(d.handled), nil
}

// mayBeReminded reports whether somebody may see a conference's PIN wherever
// they are: a message of their own stands in no channel. A private conference
// is shown to those who are in its channel.
func (d *Desk) mayBeReminded(ctx context.Context, p person, id conference.ID) (bool, error) {
	kept, _, err := d.records.Kept(ctx, id)
	if err != nil {
		return false, err
	}
	here := ""
	if kept.Private && kept.PrivateChannel != "" {
		in, err := d.slack.InChannel(ctx, kept.PrivateChannel, p.ID)
		if err != nil {
			return false, err
		}
		if in {
			here = kept.PrivateChannel
		}
	}
	s, err := d.stand(ctx, p, here, id)
	return s.pins, err
}
