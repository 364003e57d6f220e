package blocks

import (
	"fmt"
	"slices"
	"strings"

	"confbot/conference"
	"confbot/live"
)

// LabelSource says where a number's name comes from.
type LabelSource int

const (
	// FromSlack is a member of the workspace: their profile has the number,
	// or they confirmed it.
	FromSlack LabelSource = iota
	// ByMember was written by a member (Label.By) with /conf label.
	ByMember
)

// Label is what a number is called.
type Label struct {
	Name   string
	Source LabelSource
	By     string // display name of who wrote it; ByMember only
	User   string // Slack user whose number it is; "" where it is nobody's
}

// Line is what is known of a conference and of who is on its line. Every view
// of callers is drawn from one.
type Line struct {
	Conference conference.Conference
	Snapshot   live.Snapshot
	Labels     map[string]Label  // by the number's digits (conference.Number.Digits)
	Names      map[string]string // Slack user id → display name, of everybody mentioned below
	Moderators []string          // Slack users who moderate this conference
	Command    string            // "/conf"
	Revision   int64             // of the drawing; returns with each click
}

// Who is a caller as texts name them.
type Who struct {
	No        int
	Name      string // "" for an unknown caller; foreign text
	Source    string // "label by Bo", "their phone says", "" from Slack
	Said      string // foreign words that are shown in quotation marks and are no name
	Ends      string // last digits; "" for a hidden number
	Moderator bool
	User      string // Slack user whose line it is; "" where not known
}

// Who names a caller.
func (l Line) Who(c live.Caller) Who {
	w := Who{No: c.No, Ends: c.Number.Ends(), User: c.ClaimedBy, Moderator: l.moderates(c)}
	label, labelled := l.Labels[c.Number.Digits()]
	labelled = labelled && !c.Number.Hidden() && clean(label.Name) != ""
	foreign, source := phoneName(c.Participant), "their phone says"
	if labelled {
		foreign, source = MaskName(label.Name), ""
		if label.Source == ByMember {
			source = "label by " + name(label.By, RowName)
		}
		if w.User == "" {
			w.User = label.User
		}
	}
	switch {
	case foreign == "":
	case pretends(foreign):
		w.Said, w.Source = foreign, source
		if source == "" {
			w.Source = "their Slack name is"
		}
	default:
		w.Name, w.Source = foreign, source
	}
	return w
}

// Unknown reports whether nobody knows who this caller is: the number has no
// label, the phone says no name and nobody said that it is their line.
func (l Line) Unknown(c live.Caller) bool { return c.ClaimedBy == "" && l.Who(c).Name == "" }

// moderates reports whether a caller is known to moderate: Audian says so, or
// somebody who moderates said that it is their line.
func (l Line) moderates(c live.Caller) bool {
	return c.Role == conference.RoleModerator || (c.ClaimedBy != "" && slices.Contains(l.Moderators, c.ClaimedBy))
}

// rolesKnown reports whether Audian tells who of the callers moderates.
func (l Line) rolesKnown() bool {
	return slices.ContainsFunc(l.Snapshot.Run.On(), func(c live.Caller) bool { return c.Role != conference.RoleUnknown })
}

// phoneName is what a caller's phone says, or nothing where that is no name.
func phoneName(p conference.Participant) string {
	s := clean(p.Name)
	switch strings.ToLower(s) {
	case "", "unknown", "anonymous", "restricted", "unavailable", "private", "withheld", "unknown caller", "hidden number":
		return ""
	}
	if strings.Trim(s, "+0123456789 ()-./") == "" { // a number in place of a name
		return ""
	}
	return MaskName(s)
}

// ours are words that only we may put beside a caller.
var ours = map[string]bool{
	"moderator": true, "moderators": true, "mod": true, "admin": true, "admins": true, "administrator": true, "owner": true,
	"host": true, "you": true, "confbot": true, "caller": true, "muted": true, "unmuted": true, "kicked": true,
}

// pretends reports a name that reads as if we had said it: "Ana, moderator".
func pretends(s string) bool {
	words := strings.FieldsFunc(conference.Fold(s), func(r rune) bool { return !isWord(r) })
	return slices.ContainsFunc(words, func(w string) bool { return ours[strings.Map(digitLetter, w)] })
}

// digitLetter undoes the digits that stand in for letters: "m0derat0r".
func digitLetter(r rune) rune {
	switch r {
	case '0':
		return 'o'
	case '1':
		return 'i'
	case '3':
		return 'e'
	case '4':
		return 'a'
	}
	return r
}

// quoted is foreign text in quotation marks that it cannot close.
func quoted(s string) string {
	s = strings.NewReplacer("“", "'", "”", "'", `"`, "'").Replace(name(s, RowName))
	return "“" + s + "”"
}

// title is the caller's name alone.
func (w Who) title() string {
	if w.Name == "" {
		return "Unknown caller"
	}
	return name(w.Name, RowName)
}

// remark is what stands in brackets behind the name: where it comes from.
func (w Who) remark() string {
	switch {
	case w.Said != "" && strings.HasPrefix(w.Source, "label"):
		return fmt.Sprintf(" (%s: %s)", w.Source, quoted(w.Said))
	case w.Said != "":
		return fmt.Sprintf(" (%s %s)", w.Source, quoted(w.Said))
	case w.Source != "":
		return " (" + w.Source + ")"
	}
	return ""
}

// number is what is shown of the caller's number.
func (w Who) number() string {
	if w.Ends == "" {
		return "hidden number"
	}
	return "ends " + w.Ends
}

// short names the caller in a few plain words: "7, Alice Chen".
func (w Who) short() string { return fmt.Sprintf("%d, %s", w.No, w.title()) }

// choice names the caller in a menu: "7, Alice Chen, ends 0199".
func (w Who) choice() string { return w.short() + ", " + w.number() }

// Plain names the caller within a plain sentence: "caller 7, Alice Chen".
func (w Who) Plain() string {
	if w.Name == "" {
		return fmt.Sprintf("caller %d, %s", w.No, w.number())
	}
	return fmt.Sprintf("caller %d, %s", w.No, w.title())
}

// caller adds the caller to a sentence; first starts it.
func (p *prose) caller(w Who, first bool) *prose {
	word := "caller"
	if first {
		word = "Caller"
	}
	p.say(fmt.Sprintf("%s %d, ", word, w.No))
	if w.Name == "" {
		return p.say(w.number())
	}
	return p.name(w.title())
}
