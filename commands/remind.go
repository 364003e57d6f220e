package commands

import (
	"context"
	"strconv"

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
	return d.remindOn(ctx, c.User, c.conf)
}

func (d *Desk) remindOn(ctx context.Context, user string, c conference.Conference) (Reply, error) {
	minutes := remindMinutes
	pref, err := d.records.Pref(ctx, user, preferMinutes)
	if err != nil {
		return Reply{}, err
	}
	if n, err := strconv.Atoi(pref); err == nil && n >= 0 && n <= announce.MaxRemindMinutes {
		minutes = n
	}
	r := announce.Reminder{Person: user, Conference: c.ID, Minutes: minutes, CreatedAt: d.now()}
	if err := d.reminders.SaveReminder(ctx, r, d.now()); err != nil {
		return Reply{}, err
	}
	return Reply{Private: ptr(blocks.ReminderSet(d.plainLine(c), minutes, true))}, nil
}

func (d *Desk) remindOff(ctx context.Context, user string, c conference.Conference) (Reply, error) {
	if _, err := d.reminders.DropReminder(ctx, user, c.ID); err != nil {
		return Reply{}, err
	}
	return Reply{Private: ptr(blocks.ReminderSet(d.plainLine(c), 0, false))}, nil
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
	return d.remindOn(ctx, p.User, c)
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
	return d.reminderForm(ctx, p.person)
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

// reminded is the conference that a reminder's button is about. One that is
// deleted, or hidden from the person since, can still be stopped.
func (d *Desk) reminded(ctx context.Context, p *press) (conference.Conference, error) {
	id, err := p.conferenceID()
	if err != nil {
		return conference.Conference{}, err
	}
	c, err := d.book.ByID(ctx, id)
	switch {
	case conference.KindOf(err) == conference.NotFound:
		return conference.Conference{ID: id, Name: "that conference"}, nil
	case err != nil:
		return c, err
	}
	s, err := d.stand(ctx, p.person, p.Channel, id)
	if err == nil && !s.visible {
		c.Name = "that conference"
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
	var data blocks.RemindersData
	for _, r := range mine {
		c, err := d.book.ByID(ctx, r.Conference)
		if conference.KindOf(err) == conference.NotFound {
			continue
		}
		if err != nil {
			return Reply{}, err
		}
		data.Rows = append(data.Rows, blocks.ReminderRow{Line: d.plainLine(c), Minutes: r.Minutes, Value: string(c.ID)})
	}
	v := blocks.Reminders(data)
	return Reply{View: &v}, nil
}
