package live

import (
	"time"

	"confbot/conference"
)

// AskedAt lets tests of the pure parts note what Audian accepted.
func AskedAt(c *Caller, action conference.Action, user string, now time.Time) {
	c.asked(action, user, now)
}
