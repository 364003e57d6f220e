package main

import (
	"context"
	"slices"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/bot"
	"confbot/commands"
	"confbot/store"
)

// opsData counts an outage's posts for the operators.
func opsData(o store.Outage, posts []store.PostedThen) blocks.OpsData {
	d := blocks.OpsData{What: "Audian", Since: o.Since, Until: o.Until, Place: time.UTC}
	for _, p := range posts {
		count(p, &d.OnTime, &d.Late)
		switch p.PIN {
		case announce.PINComing:
			d.Waiting++
		case announce.PINCame:
			d.Came++
		case announce.PINOrdinary, announce.PINOld:
		}
	}
	return d
}

func count(p store.PostedThen, onTime, late *int) {
	if p.State == announce.Late {
		*late++
		return
	}
	*onTime++
}

func byOwner(posts []store.PostedThen) map[string][]store.PostedThen {
	out := map[string][]store.PostedThen{}
	for _, p := range posts {
		out[p.Owner] = append(out[p.Owner], p)
	}
	return out
}

// ownerData sums up what happened to an owner's posts. All of them concern
// them: a PIN that was there could not be checked.
func (u *outages) ownerData(ctx context.Context, owner string, posts []store.PostedThen) blocks.OwnerOutage {
	d := blocks.OwnerOutage{Since: u.current.Since, Until: u.current.Until, Zone: u.desk.ZoneOf(ctx, owner)}
	for _, p := range posts {
		count(p, &d.OnTime, &d.Late)
		list := &d.Unchecked
		switch p.PIN {
		case announce.PINComing:
			list = &d.Waiting
		case announce.PINCame:
			list = &d.Came
		case announce.PINOld:
			list = &d.Old
		case announce.PINOrdinary:
		}
		if name := u.desk.KnownName(ctx, p.Conference); !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	return d
}

// newOutages makes the watch over Audian.
func (a *app) newOutages() *outages {
	return &outages{
		health: a.client, store: a.store, out: a.timetable.post, desk: a.desk, ops: a.cfg.OpsChannel,
		gauge: a.metrics.Reachable, log: a.log, keep: a.cfg.Retention,
		look: outageLook, tell: outageTell, idle: outageIdle,
	}
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
	if v.app.outages.known.Load() {
		return announce.Done(announce.Ref{})
	}
	return v.Direct(ctx, n.Person, v.desk.OldPINView(ctx, n), n.Key)
}
