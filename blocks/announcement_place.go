package blocks

import (
	"strconv"
	"strings"
	"time"
)

// RowPlace is where an announcement's row is drawn. It travels in the block's
// id, so that the list in which somebody clicked can be drawn anew. The zero
// RowPlace is a message of its own.
type RowPlace struct {
	In    string // InList, InHome, InMissed; "" in a message of its own
	Page  int    // of a list
	Where string // as AnnouncementsData has it
}

// Where rows of announcements are.
const (
	InList   = "list"
	InHome   = "home"
	InMissed = "missed"
)

// blockID is the id of a block that is about one announcement.
func (p RowPlace) blockID(part string, r AnnouncementRow) string {
	key := part + "." + r.ID
	if p.In != "" {
		key += "." + p.String()
	}
	return BlockRef{Part: partItem, Key: key, Conference: r.Conference.ID}.ID()
}

// PlaceOf is where the row is whose block has this id.
func PlaceOf(blockID string) RowPlace {
	ref, err := ParseBlock(blockID)
	if err != nil {
		return RowPlace{}
	}
	f := strings.SplitN(ref.Key, ".", 3)
	if len(f) < 3 {
		return RowPlace{}
	}
	return ParsePlace(f[2])
}

// String writes the place for ParsePlace.
func (p RowPlace) String() string {
	if p.In == "" {
		return ""
	}
	return p.In + "." + itoa(p.Page) + "." + p.Where
}

// ParsePlace reads what String wrote; anything else is a message of its own.
func ParsePlace(s string) RowPlace {
	f := strings.SplitN(s, ".", 3)
	if len(f) != 3 {
		return RowPlace{}
	}
	page, _ := atoi(f[1])
	return RowPlace{In: f[0], Page: page, Where: f[2]}
}

// value is what the row's buttons carry: the announcement, and which post was
// the next one when they were drawn.
func (r AnnouncementRow) value() string {
	if r.Post.IsZero() {
		return r.ID
	}
	return r.ID + "." + strconv.FormatInt(r.Post.Unix(), 36)
}

// ParseAnnouncement reads the value of a button about an announcement. Drawn
// is the next post as the reader saw it; zero where the button does not say.
func ParseAnnouncement(value string) (id string, drawn time.Time) {
	id, at, ok := strings.Cut(value, ".")
	if seconds, err := strconv.ParseInt(at, 36, 64); ok && err == nil {
		drawn = time.Unix(seconds, 0)
	}
	return id, drawn
}
