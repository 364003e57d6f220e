package commands

import (
	"confbot/blocks"
	"confbot/conference"
)

// opens says which button leads to a form: a mention cannot open one itself,
// since Slack gives no trigger for messages.
var opens = map[string]string{
	blocks.FormWhichLine: blocks.PanelLine,
	blocks.FormList:      blocks.ListOpen,
	blocks.FormCreate:    blocks.CreateOpen,
	blocks.FormEdit:      blocks.EditOpen,
	blocks.FormDelete:    blocks.DeleteOpen,
	blocks.FormAnnounce:  blocks.AnnounceOpen,
}

// byButton offers a button in place of the form that a typed command would
// have opened. Where no button of its own does, one that goes on with the
// command's words.
func (d *Desk) byButton(c *call, reply Reply) Reply {
	action, value := opens[reply.View.CallbackID], ""
	switch {
	case action == "":
		u := unclear{rest: c.words, row: c.row, set: c.set}
		action, value = blocks.ConferencePick, u.pick(c.conf.ID)
	case action == blocks.PanelLine && c.row.name == string(conference.Mute):
		action = blocks.PanelMuteOthers // asks for the line, and goes on
	}
	l := blocks.Line{Conference: c.conf, Snapshot: d.live.Snapshot(c.conf.ID), Command: d.command}
	reply.Private, reply.View, reply.Push = ptr(blocks.NeedsForm(l, action, value)), nil, false
	return reply
}
