package live

import (
	"time"

	"confbot/conference"
)

// see brings a caller who is on the line up to date with a reading of them
// and reports whether anything that can be drawn is different.
func (c *Caller) see(p conference.Participant, now time.Time) (changed bool) {
	was := *c
	p.Joined = was.Joined
	c.Participant = p
	c.seeMute(was, now)
	c.seeDeaf(was)
	c.settle(now)
	if c.Muted != was.Muted || c.Deaf != was.Deaf {
		c.ChangedAt = now
	}
	return c.Muted != was.Muted || c.Deaf != was.Deaf || c.Pending != was.Pending ||
		c.Name != was.Name || c.Number != was.Number || c.Role != was.Role || talks(c.Talking) != talks(was.Talking)
}

// seeMute keeps track of whose mute stands.
func (c *Caller) seeMute(was Caller, now time.Time) {
	if c.Muted {
		c.SelfUnmuted = time.Time{}
		return
	}
	c.ArrivedMuted = false
	switch {
	case c.MutedBy == "":
	case !was.Muted && c.Pending != "":
		return // accepted, and not seen yet
	case was.Muted && c.Pending != conference.Unmute:
		c.SelfUnmuted = now
	}
	c.MutedBy = ""
}

func (c *Caller) seeDeaf(was Caller) {
	if !c.Deaf && (was.Deaf || c.Pending == "") {
		c.DeafBy = ""
	}
}

// settle ends what is pending: it happened, or it was waited for long enough.
func (c *Caller) settle(now time.Time) {
	switch {
	case c.Pending == "":
		return
	case c.Pending.Done(c.Participant):
	case now.Sub(c.PendingAt) < PendingFor:
		return
	case c.Pending == conference.Mute:
		c.MutedBy = ""
	case c.Pending == conference.Deaf:
		c.DeafBy = ""
	case c.Pending == conference.Kick:
		c.KickedBy = ""
	}
	c.Pending, c.PendingAt = "", time.Time{}
}

// back notes that one reading had missed the caller: it is the same stay. A
// kick of a moment ago may still be on its way.
func (c *Caller) back(now time.Time) {
	if c.KickedBy != "" && now.Sub(c.Left) < PendingFor {
		c.Pending, c.PendingAt = conference.Kick, c.Left
	} else {
		c.KickedBy = ""
	}
	c.Left, c.ChangedAt = time.Time{}, now
}

// leave notes that the caller is gone.
func (c *Caller) leave(at time.Time) {
	c.Left, c.ChangedAt = at, at
	c.Pending, c.PendingAt = "", time.Time{}
	c.Talking = nil
}

// asked notes that Audian accepted an action for somebody.
func (c *Caller) asked(action conference.Action, user string, now time.Time) {
	switch action {
	case conference.Mute:
		c.MutedBy, c.SelfUnmuted = user, time.Time{}
	case conference.Unmute:
		// A reading may have been faster than this note: it was not their phone.
		c.SelfUnmuted = time.Time{}
		if !c.Muted {
			c.MutedBy = ""
		}
	case conference.Deaf:
		c.DeafBy = user
	case conference.Undeaf:
	case conference.Kick:
		c.KickedBy = user
	}
	if !c.On() || action.Done(c.Participant) {
		c.Pending, c.PendingAt = "", time.Time{}
		return
	}
	c.Pending, c.PendingAt = action, now
}

func talks(talking *bool) bool { return talking != nil && *talking }
