package commands

import (
	"time"

	"confbot/blocks"
)

// Plan is what has to be known of an interaction before it is carried out.
type Plan struct {
	Name    string        // for logs, metrics, audit: "mute", "participant.kick", "create.form"
	Durable bool          // it changes something, so it is journalled before it is acknowledged
	Fresh   time.Duration // how long after a crash it may still be carried out
	Form    bool          // it opens a form and must ask Audian first: show a loading form at once
}

// FormAnswer is what a sent form is answered with at once, before anything
// slow is asked: errors at fields, the next view, or neither to close it.
type FormAnswer struct {
	Errors map[string]string // block id of an input → what is wrong with it
	View   *blocks.View
	Clear  bool // close the whole stack
}
