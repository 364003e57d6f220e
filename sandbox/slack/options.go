package slack

import (
	"log/slog"
	"time"
)

// Options configure a Server; the zero value is a complete Acme workspace with a built-in manifest.
type Options struct {
	Addr        string // public side; default 127.0.0.1:0
	ControlAddr string // control side; default 127.0.0.1:0
	Manifest    []byte // the app's manifest, YAML or JSON; default: the built-in one
	Seed        *Seed  // default: DefaultSeed
	BotToken    string // default xoxb-…
	AppToken    string // default xapp-…
	Log         *slog.Logger

	Start     time.Time // what the sandbox's clock says at New; default: now
	TimeScale float64   // how fast it runs; default 1

	// NoRateLimits answers every call at once however many come; for load tests only.
	NoRateLimits bool

	PingInterval   time.Duration // default 5 s, real time; must stay well below the 30 s at which clients give up
	PongTimeout    time.Duration // default 30 s, real time: when a silent socket stops getting its share
	ConnectionLife time.Duration // default 18060 s, real time; then warning, and refresh_requested 10 s later
	WarningLead    time.Duration // default 10 s: between warning and the end of the socket

	Readings Readings
}

// Readings choose between the possible readings where Slack's documents are silent or contradict each other. The zero
// value is what docs/sandbox.md lists as the default.
type Readings struct {
	// StrictBlocks takes the narrower of two readings of Block Kit; package blockkit lists them.
	StrictBlocks bool
	// CountTextsOnly counts only the texts of blocks towards msg_blocks_too_long instead of every string in them.
	CountTextsOnly bool
	// EnterpriseInstallString sends is_enterprise_install in slash commands as the string "false" (as captured over HTTP)
	// instead of the boolean.
	EnterpriseInstallString bool
	// BlockActionsTakePayload sets accepts_response_payload on block_actions (the docs' sample) instead of refusing
	// payloads (the Java SDK's fixture).
	BlockActionsTakePayload bool
	// RedeliverUnacked sends what a dead socket left un-acked to another one (seen once in public, not documented).
	RedeliverUnacked bool
	// SameEnvelopeID keeps the envelope_id on redelivery, retry and duplicates instead of making a new one.
	SameEnvelopeID bool
	// AckOnlyOnItsSocket refuses an ack that comes in on another socket of the app.
	AckOnlyOnItsSocket bool
	// ReplaceByDefault lets a response URL of a click replace the clicked message when neither flag was given.
	ReplaceByDefault bool
	// EscapeWithoutNames writes <@U…> in escaped slash text (current docs) instead of <@U…|name> (as captured).
	EscapeWithoutNames bool
	// PlainEntities leaves & < > in escaped slash text as typed instead of writing &amp; &lt; &gt;.
	PlainEntities bool
	// EphemeralNeedsMembership refuses chat.postEphemeral in public channels which the bot has not joined, in spite of
	// chat:write.public.
	EphemeralNeedsMembership bool
	// MentionsWithoutMembership sends app_mention also from public channels which the bot has not joined.
	MentionsWithoutMembership bool
	// LostReplies accepts a reply's ts as thread_ts and hides the message, as reported of the real Slack, instead of
	// answering cannot_reply_to_message.
	LostReplies bool
	// ExternalCommands lets people from other organisations run slash commands (a workspace of one Grid) instead of
	// telling them that there is no such command (Slack Connect).
	ExternalCommands bool
}

const (
	defaultBotToken = "xoxb-sandbox-bot-token" // a public constant of the sandbox
	defaultAppToken = "xapp-1-A0CONFBOT1-sandbox-app-token"
)

func (o *Options) fill() {
	setDefault(&o.Addr, "127.0.0.1:0")
	setDefault(&o.ControlAddr, "127.0.0.1:0")
	setDefault(&o.BotToken, defaultBotToken)
	setDefault(&o.AppToken, defaultAppToken)
	setDefault(&o.TimeScale, 1)
	setDefault(&o.PingInterval, 5*time.Second)
	setDefault(&o.PongTimeout, 30*time.Second)
	setDefault(&o.ConnectionLife, 18060*time.Second)
	setDefault(&o.WarningLead, 10*time.Second)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
