package blocks

import (
	"encoding/json"
	"strconv"
	"strings"

	"confbot/conference"
)

// BlockRef is what a block's id says of what is drawn in it. Slack returns
// the id with every click, so that each row carries its conference once.
type BlockRef struct {
	Part       string // which block it is: "row", "bar", …; unique in its message with Key
	Key        string // what tells blocks of one part apart: a caller number, an id
	Conference conference.ID
	Revision   int64  // of the drawing
	Run        string // the run that was drawn, in bars
}

// ID writes the block id, at most 255 characters.
func (b BlockRef) ID() string {
	return pack(b.Part, b.Key, string(b.Conference), strconv.FormatInt(b.Revision, 36), b.Run)
}

// No is the caller number in a row's id, 0 in other blocks.
func (b BlockRef) No() int {
	if b.Part != partRow {
		return 0
	}
	n, err := strconv.Atoi(b.Key)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// ParseBlock reads a block id. The error is ErrStale.
func ParseBlock(id string) (BlockRef, error) {
	f, err := unpack(id, 5)
	if err != nil {
		return BlockRef{}, err
	}
	rev, err := strconv.ParseInt(f[3], 36, 64)
	if err != nil || strconv.FormatInt(rev, 36) != f[3] {
		return BlockRef{}, ErrStale
	}
	return BlockRef{Part: f[0], Key: f[1], Conference: conference.ID(f[2]), Revision: rev, Run: f[4]}, nil
}

// Parts of views that hold buttons.
const (
	partRow    = "r"
	partBar    = "bar"
	partFind   = "find"
	partPages  = "pages"
	partCard   = "card"
	partAnswer = "answer"
	partItem   = "item"
)

func (l Line) bar(part string) string {
	return BlockRef{Part: part, Conference: l.Conference.ID, Revision: l.Revision, Run: l.Snapshot.Run.ID}.ID()
}

func (l Line) row(no int) string {
	return BlockRef{Part: partRow, Key: strconv.Itoa(no), Conference: l.Conference.ID, Revision: l.Revision}.ID()
}

// Pick is what a candidate's button carries: the command that was meant, the
// conference or caller that is now certain, and what was typed besides. The
// command is looked up like a typed one and allowed or refused anew.
type Pick struct {
	Command    string // the command's name: "mute"
	Conference conference.ID
	Rest       string // the words that did not name the conference
}

// PickValue writes a Pick for a button; one that is too long is cut to its
// conference, and the command's own words are asked for again.
func PickValue(p Pick) string {
	if s := pack(p.Command, string(p.Conference), p.Rest); len(s) <= MaxButtonValue {
		return s
	}
	return pack(p.Command, string(p.Conference), "")
}

// ParsePick reads a PickValue. The error is ErrStale.
func ParsePick(value string) (Pick, error) {
	f, err := unpack(value, 3)
	if err != nil {
		return Pick{}, err
	}
	return Pick{Command: f[0], Conference: conference.ID(f[1]), Rest: f[2]}, nil
}

// queryValue is a search as a type-ahead menu's choice, and QueryOf reads it:
// a row chosen in the menu is a caller, typed words stay words.
func queryValue(q string) string { return "q" + cut(q, MaxOptionValue-1) }

// QueryOf reads a choice of a type-ahead menu over callers: either the words
// that were typed, none for everyone, or one caller. The error is ErrStale.
func QueryOf(value string) (words string, caller CallerRef, one bool, err error) {
	if words, ok := strings.CutPrefix(value, "q"); ok {
		return words, CallerRef{}, false, nil
	}
	caller, err = ParseCaller(value)
	return "", caller, true, err
}

// FindChoices are the rows of a type-ahead menu over callers. The first leads
// to all that match; a menu cannot be emptied on every phone, so without words,
// and where nobody matches, that is everyone.
func (l Line) FindChoices(query string) []Choice {
	q := name(query, RowName)
	found := []Choice{{Value: queryValue(q), Text: "All that match “" + q + "”"}}
	if q == "" {
		found[0].Text = "Everyone"
	}
	for _, c := range l.Snapshot.Run.On() {
		if len(found) < MaxOptions && l.Matches(c, query) {
			found = append(found, Choice{Value: CallerValue(c.Key()), Text: l.Who(c).choice()})
		}
	}
	if q != "" && len(found) == 1 {
		found[0] = Choice{Value: queryValue(""), Text: "Nobody matches “" + q + "”: show everyone"}
	}
	return found
}

// menuValue is the value of one choice in an overflow menu.
func menuValue(menu, action, value string) string {
	for letter, id := range menus[menu] {
		if id == action {
			return letter + value
		}
	}
	return ""
}

// Clicked tells what a click means: for an overflow menu the action of the
// choice and its value, for anything else the ids as they came. The error is
// ErrStale.
func Clicked(actionID, value string) (action, rest string, err error) {
	menu, ok := menus[actionID]
	if !ok {
		return actionID, value, nil
	}
	if value == "" || menu[value[:1]] == "" {
		return "", "", ErrStale
	}
	return menu[value[:1]], value[1:], nil
}

// Meta is what a form remembers of where it came from and how it is drawn:
// its private_metadata. It holds ids only, never a PIN.
type Meta struct {
	Conference conference.ID `json:"c,omitempty"`
	Run        string        `json:"r,omitempty"`
	Channel    string        `json:"ch,omitempty"`
	Thread     string        `json:"th,omitempty"`
	Message    string        `json:"ts,omitempty"` // the message whose button opened it
	Order      ListOrder     `json:"o,omitempty"`
	Filter     ListFilter    `json:"f,omitempty"`
	Query      string        `json:"q,omitempty"`
	Page       int           `json:"p,omitempty"`
	Caller     string        `json:"k,omitempty"` // a CallerValue
	Action     string        `json:"a,omitempty"` // what goes on after the form
	Item       string        `json:"i,omitempty"` // an announcement, a number's label, …
	More       bool          `json:"m,omitempty"` // further settings are shown
}

// EncodeMeta writes private_metadata.
func EncodeMeta(m Meta) string {
	m.Query = cut(m.Query, 100)
	b, err := json.Marshal(struct {
		V int `json:"v"`
		Meta
	}{1, m})
	if err != nil || len(b) > MaxMeta {
		return ""
	}
	return string(b)
}

// ParseMeta reads private_metadata. The error is ErrStale.
func ParseMeta(s string) (Meta, error) {
	var m struct {
		V int `json:"v"`
		Meta
	}
	if err := json.Unmarshal([]byte(s), &m); err != nil || m.V != 1 {
		return Meta{}, ErrStale
	}
	return m.Meta, nil
}
