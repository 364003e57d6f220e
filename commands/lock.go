package commands

import (
	"context"

	"confbot/blocks"
	"confbot/live"
)

func lockRow(name string, locked bool) row {
	summary := "Lets nobody else join, where the account offers it"
	if !locked {
		summary = "Lets people join again"
	}
	return row{
		name: name, args: "[CONF]", summary: summary, group: blocks.GroupLine, examples: []string{name + " Standup"}, hidden: true,
		do: name + " it", need: needConf, right: RightModerate, durable: true, fresh: freshLine,
		run: func(d *Desk, ctx context.Context, c *call) (Reply, error) {
			err := d.line.Lock(ctx, c.conf.ID, locked)
			d.note(ctx, c.Origin, c.conf.ID, name, "", outcomeOf(err), "")
			if err != nil {
				return Reply{}, err
			}
			d.ledger.Note(c.conf.ID, live.Note{At: d.now(), By: c.User, What: name + "ed"})
			l := blocks.Line{Conference: c.conf, Command: d.command}
			return Reply{Private: ptr(blocks.Locked(l, locked)), Touch: []string{string(c.conf.ID)}}, nil
		},
	}
}
