package bot

import (
	"confbot/commands"
	"confbot/live"
	"confbot/store"
)

// The parts fit.
var (
	_ Desk           = (*commands.Desk)(nil)
	_ Journal        = (*store.Store)(nil)
	_ Refs           = (*store.Store)(nil)
	_ commands.Slack = (*Directory)(nil)
	_ live.Sink      = (*Bot)(nil)
)
