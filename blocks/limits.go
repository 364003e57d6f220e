package blocks

// Slack's limits, counted in code points. Sources: the Block Kit reference
// (docs.slack.dev/reference/block-kit) and the pages of chat.postMessage,
// chat.update and views.open; where two of them disagree, the lower figure.
const (
	MaxMessageBlocks = 50
	MaxViewBlocks    = 100
	MaxBlockID       = 255
	MaxActionID      = 255
	MaxSectionText   = 3000
	MaxHeaderText    = 150
	MaxButtonText    = 75
	MaxButtonValue   = 2000
	MaxLabel         = 75 // accessibility_label; a longer one refuses the whole message
	MaxOptionText    = 75
	MaxOptionValue   = 75 // the docs say 150, Slack's own types 75
	MaxOptions       = 100
	MaxOverflow      = 5
	MaxActions       = 25 // elements in one actions block
	MaxContext       = 10 // elements in one context block
	MaxConfirmTitle  = 100
	MaxConfirmText   = 300
	MaxConfirmButton = 30
	MaxPlaceholder   = 150
	MaxViewTitle     = 24
	MaxViewButton    = 24
	MaxMeta          = 3000 // private_metadata
	MaxViewBytes     = 250_000
	MaxTableRows     = 100 // the heading counts
	MaxTableText     = 10_000
	MaxAltText       = 2000
	// MaxUpdateText is where chat.update refuses; chat.postMessage takes more.
	MaxUpdateText = 4000
)

// Our own limits, all below Slack's.
const (
	// MaxText is the longest top-level text we draw.
	MaxText = 3500
	// MaxStrings is the most that all strings of one message come to. Slack
	// refuses a message above a sum that it does not publish
	// (msg_blocks_too_long, seen near 13,200); rows give way before that.
	MaxStrings = 12_500
	// MaxRows is how many callers a panel shows.
	MaxRows = 20
	// RowName and CardName are where names are cut.
	RowName  = 24
	CardName = 128
	// ListRows and ListRowsRead are callers a page of the private list, for
	// moderators and for those who only look.
	ListRows     = 40
	ListRowsRead = 80
	// ConferenceRows is conferences a page of /conf list.
	ConferenceRows = 8
	// MaxButtonWords is how long we let a button's words be: Slack shows
	// about 30 characters and a phone fewer.
	MaxButtonWords = 24
)
