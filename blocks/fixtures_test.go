package blocks

import (
	"fmt"
	"strings"
	"time"

	"confbot/conference"
	"confbot/live"
)

// Names that want to be more than names.
var hostile = []string{
	"<!channel> everybody", "*bold* _it_ ~no~ `code`", "<https://evil.example|click>", "https://evil.example/x", "\u202egnol\u202c",
	strings.Repeat("Ω", 300), "👩‍👩‍👧‍👦👩‍👩‍👧‍👦 family", "two\nlines\r\n\tand tabs", "Ana Ruiz (moderator)", "a & b < c > d", ":boom: bang",
	"bob@evil.example", "@here", "<@U123456>", "Ze\u0301\u0301\u0301\u0301\u0301\u0301", "\u200b\u2060\ufeff", "“quoted”", "\x00\x07bell", "m0derat0r", "evil.example",
}

func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", "2026-11-23 "+clock)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

func zone(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return l
}

const confID = conference.ID("0123456789abcdef0123456789abcdef")

func weekly() conference.Conference {
	yes, no := true, false
	return conference.Conference{
		ID: confID, Name: "Weekly sync", MemberPINs: []conference.PIN{conference.NewPIN("482913")},
		ModeratorPINs: []conference.PIN{conference.NewPIN("90551733")}, MaxMembers: 50, Profile: "default",
		EntryTone: &yes, ExitTone: &no, PINProof: conference.Proven,
	}
}

var dialIn = []DialIn{{Number: "+14155550100"}, {Label: "DE", Number: "+493012345678"}}

// aLine is a conference with n callers who joined one after the other.
func aLine(n int) Line {
	l := Line{
		Conference: weekly(), Command: "/conf", Revision: 7, Moderators: []string{"U0ANA", "U0BO"},
		Names:  map[string]string{"U0ANA": "Ana Ruiz", "U0BO": "Bo Lin"},
		Labels: map[string]Label{},
		Snapshot: live.Snapshot{
			Conference: confID, ReadAt: at("08:31:20"), ChangedAt: at("08:31:11"), Every: 5 * time.Second,
			Run: live.Run{ID: "run-1", Conference: confID, Started: at("08:30:00"), NextNo: n + 1, Peak: n},
		},
	}
	for i := range n {
		l.Snapshot.Run.Callers = append(l.Snapshot.Run.Callers, aCaller(i+1))
	}
	if n > 0 {
		l.Snapshot.Run.Callers[0].ClaimedBy = "U0ANA"
		l.Labels[l.Snapshot.Run.Callers[0].Number.Digits()] = Label{Name: "Ana Ruiz", Source: FromSlack, User: "U0ANA"}
	}
	if n > 3 {
		l.Labels[l.Snapshot.Run.Callers[3].Number.Digits()] = Label{Name: "Alice Chen", Source: ByMember, By: "Bo Lin"}
	}
	if n == 0 {
		l.Snapshot.Run = live.Run{}
	}
	return l
}

func aCaller(no int) live.Caller {
	c := live.Caller{
		No: no, Participant: conference.Participant{
			ID: conference.ParticipantID(fmt.Sprintf("part_%d", no)), Number: conference.NewNumber(fmt.Sprintf("+1415555%04d", 1000+no)),
			Joined: at("08:30:00").Add(time.Duration(no) * time.Second), Muted: no%4 == 2,
		},
	}
	c.ChangedAt = c.Joined
	if no%4 == 2 {
		c.MutedBy = "U0BO"
	}
	switch no % 5 {
	case 0, 2:
		c.Name = fmt.Sprintf("Priya Nair %d", no)
	case 3:
		c.Number = conference.NewNumber("anonymous")
	}
	return c
}

// named gives every caller of a line a name.
func named(l Line, names ...string) Line {
	for i := range l.Snapshot.Run.Callers {
		l.Snapshot.Run.Callers[i].Name = names[i%len(names)]
	}
	return l
}

func aCard() CardData {
	l := aLine(0)
	return CardData{
		Line: l, Access: AccessOf(l.Conference, dialIn, ""), Posted: at("08:25:00"), Starts: at("08:30:00"),
		Every: "Every Monday", By: "U0ANA", Place: zone("Europe/Berlin"), Now: at("08:25:00"),
	}
}

func reader(moderates bool) Reader {
	return Reader{User: "U0ANA", Zone: zone("Europe/Berlin"), Moderates: moderates}
}
