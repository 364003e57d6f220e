package bot

import "time"

// Slack's own limits. Sources: https://docs.slack.dev/apis/events-api/using-socket-mode
// and https://docs.slack.dev/apis/web-api/rate-limits.
const (
	// maxFrame is the largest frame that Slack takes from a client; it closes
	// the connection with 1009, or drops the frame, from 20,480 bytes on.
	maxFrame = 20 * 1000
	// ackWithin is when Slack tells the person that the app did not answer,
	// and when a trigger for opening a form runs out.
	ackWithin = 3 * time.Second
	// responseUses and responseAge limit what a response URL may be used for.
	responseUses = 5
	responseAge  = 30 * time.Minute
)

// The paces of the connections.
const (
	openTimeout  = 10 * time.Second // apps.connections.open, and the dial after it
	helloTimeout = 10 * time.Second
	pingEvery    = 5 * time.Second
	deadAfter    = 25 * time.Second       // without any traffic; pings bring some every pingEvery
	retireAfter  = time.Minute            // how long a replaced connection may stay open if Slack does not close it
	servedAfter  = 250 * time.Millisecond // a connection that lived as long did not die at once
	lossPause    = 5 * time.Second        // at most, after it died
	stableAfter  = 30 * time.Second       // a connection that lived as long is not a failure
	blockedRetry = 5 * time.Minute        // Socket Mode switched off, token revoked
	crowdedRetry = 3 * time.Minute        // too many connections
	writeTimeout = 5 * time.Second
	// A refresh is followed at once, but not without end if it comes with
	// every hello.
	refreshesAMinute = 240
	refreshesSaved   = 50
)

// The paces of the work.
const (
	workDeadline    = 15 * time.Second
	ackSettles      = 300 * time.Millisecond
	acksFirst       = 50 * time.Millisecond // how long work waits for acknowledgements to go out
	suggestDeadline = 2 * time.Second
	pushPatience    = 1500 * time.Millisecond // for what a sent form is answered with
	pushAppears     = 2 * time.Second         // until Slack surely knows a form that an acknowledgement pushed
	longDeadline    = 5 * time.Minute
	deliverDeadline = 15 * time.Second
	callTimeout     = 6 * time.Second // one call to Slack
	readTries       = 3               // of a call that changes nothing
	journalDeadline = 2 * time.Second
	ackPatience     = 300 * time.Millisecond // for what is about to be acknowledged at the end
	closeDeadline   = 2 * time.Second        // for Slack's goodbye
	stopDeadline    = 18 * time.Second       // for what runs
	maxSteps        = 4                      // progress shown while long work goes on
)
