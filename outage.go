package main

import (
	"context"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/bot"
	"confbot/commands"
)

// How an outage of Audian is told in the operators' channel.
const (
	outageLook = 10 * time.Second
	outageTell = 2 * time.Minute // shorter ones are nobody's business
)

// sayOutages keeps one message an outage in CONF_OPS_CHANNEL, edited at its
// end. Without such a channel it does nothing.
func (a *app) sayOutages(ctx context.Context) {
	if a.cfg.OpsChannel == "" {
		return
	}
	var since time.Time
	said := ""
	for pause(ctx, outageLook) {
		answered, trouble := a.book.LastAnswer()
		switch {
		case trouble != nil && since.IsZero():
			if since = answered; since.IsZero() {
				since = time.Now()
			}
		case trouble != nil && said == "" && time.Since(since) >= outageTell:
			said = a.sayOutage(ctx, said, blocks.OpsData{What: "Audian", Since: since})
		case trouble == nil && !since.IsZero():
			if said != "" {
				a.sayOutage(ctx, said, blocks.OpsData{What: "Audian", Since: since, Until: time.Now()})
			}
			since, said = time.Time{}, ""
		}
	}
}

// sayOutage posts the message, or changes it; it returns its ts.
func (a *app) sayOutage(ctx context.Context, ts string, d blocks.OpsData) string {
	d.Place = time.UTC
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	ts, err := a.timetable.post.Say(ctx, a.cfg.OpsChannel, ts, blocks.Ops(d))
	if err != nil {
		a.log.WarnContext(ctx, "the operators' channel could not be told", "error", err)
	}
	return ts
}

// voice is the announcer, which leaves to us what is said of outages.
type voice struct {
	*bot.Announcer
	app  *app
	desk *commands.Desk
}

// Tell passes notices on. That a post shows the PIN from before is part of
// what an owner is told of an outage, if there is one.
func (v *voice) Tell(ctx context.Context, n announce.Notice) announce.Outcome {
	if !n.OldPIN() {
		return v.Announcer.Tell(ctx, n)
	}
	if _, trouble := v.app.book.LastAnswer(); trouble != nil {
		return announce.Done(announce.Ref{})
	}
	return v.Direct(ctx, n.Person, v.desk.OldPINView(ctx, n), n.Key)
}
