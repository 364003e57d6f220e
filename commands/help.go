package commands

import (
	"context"
	"strings"

	"confbot/blocks"
	"confbot/conference"
)

func helpRow() row {
	return row{
		name: "help", args: "[command]", summary: "Says what there is, or how one command works", group: blocks.GroupBack,
		examples: []string{"help mute"}, run: runHelp, hidden: true,
	}
}

// help is the row as help shows it.
func (r *row) help() blocks.HelpRow {
	return blocks.HelpRow{
		Name: r.name, Usage: strings.TrimSpace(r.name + " " + r.args), Summary: r.summary, Group: r.group,
		Examples: r.examples, Aliases: r.aliases, Hidden: r.hidden,
	}
}

// HelpRows is the command table as help and the README show it.
func (d *Desk) HelpRows() []blocks.HelpRow {
	rows := make([]blocks.HelpRow, 0, len(d.rows))
	for i := range d.rows {
		if d.rows[i].name != startName {
			rows = append(rows, d.rows[i].help())
		}
	}
	return rows
}

func runHelp(d *Desk, _ context.Context, c *call) (Reply, error) {
	return Reply{Private: ptr(d.helpOn(Join(c.words)))}, nil
}

func pressHelp(d *Desk, _ context.Context, p *press) (Reply, error) {
	return Reply{Private: ptr(d.helpOn(p.Value)), Over: p.Ephemeral}, nil
}

func (d *Desk) helpOn(word string) blocks.Message {
	word = lower(strings.TrimPrefix(word, d.command+" "))
	if word == "" {
		return blocks.Help(d.command, d.HelpRows())
	}
	if r, ok := d.byName[word]; ok && r.name != startName {
		return blocks.HelpOn(d.command, r.help())
	}
	return blocks.UnknownCommand(d.command, word, nearest(word, d.names))
}

func (d *Desk) unknownCommand(words []Word, near string) Reply {
	typed := ""
	if len(words) > 0 {
		typed = words[0].Text
	}
	return Reply{Private: ptr(blocks.UnknownCommand(d.command, typed, near))}
}

// startName is the row that stands for nothing typed at all.
const startName = "start"

func startRow() row {
	return row{
		name: startName, summary: "Shows what is linked or live here", group: blocks.GroupBack, examples: []string{""},
		run: runStart, hidden: true,
	}
}

// runStart is /conf alone.
func runStart(d *Desk, ctx context.Context, c *call) (Reply, error) {
	data := blocks.StartData{Command: d.command, Channel: channelOnly(c.Channel) != "", Admin: c.person.admin}
	offers, liveNow, err := d.offers(ctx, c.person, c.Channel)
	if err != nil {
		return Reply{}, err
	}
	for _, o := range offers[:liveNow] {
		data.Live = append(data.Live, d.knownRow(o))
	}
	here, linked, err := d.shownHere(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	if here != nil {
		rows, _ := d.withHeads(ctx, []conference.Conference{*here})
		data.Linked, data.ByCard = &rows[0], !linked
	}
	return Reply{Private: ptr(blocks.Start(data))}, nil
}

// shownHere is the channel's conference: the one that it is linked to, or else
// the one whose card was posted here last; nil for none that the person may see.
func (d *Desk) shownHere(ctx context.Context, c *call) (_ *conference.Conference, linked bool, err error) {
	link, linked, err := d.records.LinkOf(ctx, c.Channel)
	if err != nil {
		return nil, false, err
	}
	ids := []conference.ID{link.Conference}
	if !linked {
		if ids, err = d.records.CardsIn(ctx, c.Channel); err != nil {
			return nil, false, err
		}
	}
	for _, id := range ids {
		found, err := d.book.ByID(ctx, id)
		if err != nil {
			continue // gone, or not to be had now: the rest of the answer stands
		}
		if seen, err := d.visible(ctx, c.person, c.Channel, []conference.Conference{found}); err == nil && len(seen) == 1 {
			return &seen[0], linked, nil
		}
	}
	return nil, false, nil
}
