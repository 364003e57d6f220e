package blocks

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"confbot/conference"
	"confbot/live"
)

// ListOrder is how a private list is sorted.
type ListOrder string

// Orders. The empty one is Latest.
const (
	Latest    ListOrder = ""
	ByNumber  ListOrder = "number"
	ByName    ListOrder = "name"
	ByTalking ListOrder = "talking"
)

// ListFilter is which callers a private list shows.
type ListFilter string

// Filters. The empty one is Everyone.
const (
	Everyone       ListFilter = ""
	OnlyUnmuted    ListFilter = "unmuted"
	OnlyMuted      ListFilter = "muted"
	OnlyUnknown    ListFilter = "unknown"
	OnlyModerators ListFilter = "moderators"
)

// Reader is the one person who sees a private surface.
type Reader struct {
	User      string
	Zone      *time.Location
	Moderates bool // may act on this conference; otherwise they only look
	Admin     bool // of the workspace or of confbot
}

// ListData is what one person's private list shows.
type ListData struct {
	Line
	Reader  Reader
	Order   ListOrder
	Filter  ListFilter
	Query   string // what was searched for: part of a name, a caller number, last digits
	Page    int    // from 0; too high a one shows the last
	Answer  string // what the last click came to, as top-level text of a message; "" for nothing
	Channel string // where it was opened from, for what follows
	Thread  string
	Now     time.Time
}

// PrivateList draws a conference's callers as a form for one person.
func PrivateList(d ListData) View {
	d.Query = name(d.Query, RowName)
	rows := d.pick()
	size := ListRowsRead
	if d.Reader.Moderates {
		size = ListRows
	}
	pages := max(1, (len(rows)+size-1)/size)
	d.Page = min(max(0, d.Page), pages-1)
	shown := rows[d.Page*size : min(len(rows), (d.Page+1)*size)]

	blocks := []slack.Block{d.heading(len(rows)), d.answer(), d.listButtons(), d.choosers(len(rows))}
	st := rowStyle{reader: d.Reader.User, zone: d.Reader.Zone, twins: d.twins()}
	for _, c := range shown {
		blocks = append(blocks, d.describe(c, st))
		if d.Reader.Moderates {
			blocks = append(blocks, d.listRow(c))
		}
	}
	if none := d.none(); len(shown) == 0 && none != "" {
		blocks = append(blocks, section(none))
	}
	blocks = append(blocks, d.pageButtons(pages), context(d.listFooter(pages)))
	return View{
		Kind: Modal, CallbackID: FormList, Title: viewTitle(d.Conference.Name), Close: "Done",
		Meta: EncodeMeta(Meta{
			Conference: d.Conference.ID, Run: d.Snapshot.Run.ID, Channel: d.Channel, Thread: d.Thread,
			Order: d.Order, Filter: d.Filter, Query: d.Query, Page: d.Page,
		}),
		Follow: string(d.Conference.ID), Blocks: present(blocks),
	}
}

// viewTitle is a conference's name as a form's title.
func viewTitle(s string) string {
	if s = name(s, MaxViewTitle); s == "" {
		return "Conference"
	}
	return s
}

// pick filters and sorts the callers on the line.
func (d ListData) pick() []live.Caller {
	rows := slices.DeleteFunc(d.Snapshot.Run.On(), func(c live.Caller) bool {
		return !d.filtered(c) || !d.Matches(c, d.Query)
	})
	switch d.Order {
	case ByNumber:
		slices.SortStableFunc(rows, func(a, b live.Caller) int { return a.No - b.No })
	case ByName:
		slices.SortStableFunc(rows, func(a, b live.Caller) int { return d.compareNames(a, b) })
	case ByTalking:
		byLatest(rows)
		slices.SortStableFunc(rows, func(a, b live.Caller) int { return talking(b) - talking(a) })
	case Latest:
		byLatest(rows)
	default:
		byLatest(rows)
	}
	return rows
}

func (d ListData) filtered(c live.Caller) bool {
	switch d.Filter {
	case OnlyUnmuted:
		return !c.Muted
	case OnlyMuted:
		return c.Muted
	case OnlyUnknown:
		return d.Unknown(c)
	case OnlyModerators:
		return d.moderates(c)
	case Everyone:
	}
	return true
}

// Matches reports whether a caller is meant by what somebody typed: a caller
// number, part of a name, or three and more last digits of the number.
func (l Line) Matches(c live.Caller, query string) bool {
	q := conference.Fold(query)
	if q == "" {
		return true
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(q, "#")); err == nil {
		return n == c.No || (len(q) >= 3 && !strings.HasPrefix(q, "#") && strings.HasSuffix(c.Number.Digits(), q))
	}
	w := l.Who(c)
	return strings.Contains(conference.Fold(w.title()), q) || strings.Contains(conference.Fold(w.Said), q) ||
		w.Ends == "" && strings.Contains(w.number(), q)
}

// compareNames sorts unknown callers last.
func (l Line) compareNames(a, b live.Caller) int {
	aw, bw := l.Who(a), l.Who(b)
	if (aw.Name == "") != (bw.Name == "") {
		if aw.Name == "" {
			return 1
		}
		return -1
	}
	if c := strings.Compare(conference.Fold(aw.Name), conference.Fold(bw.Name)); c != 0 {
		return c
	}
	return a.No - b.No
}

func talking(c live.Caller) int {
	if c.Talking != nil && *c.Talking {
		return 1
	}
	return 0
}
