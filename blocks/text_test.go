package blocks

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"confbot/announce"
	"confbot/conference"
	"confbot/live"
)

// alive is anything in mrkdwn that would do more than stand there.
var alive = regexp.MustCompile("<|>|[*_~`@]|:[a-z0-9_+-]+:|://|(?i)www\\.")

func TestForeignTextIsDeadInMrkdwn(t *testing.T) {
	t.Parallel()
	for _, s := range append(hostile, "x_y stays", "_x_", "a:b:c", "mailto:x", "www.evil.example", "&lt;!here&gt;") {
		got := escape(s)
		inert := strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "", "x_y", "").Replace(got)
		if m := alive.FindString(inert); m != "" {
			t.Errorf("escape(%q) = %q, in which %q is alive", s, got, m)
		}
		for _, r := range got {
			if unicode.IsControl(r) || (unicode.Is(unicode.Cf, r) && r != '\u200d') {
				t.Errorf("escape(%q) = %q holds %U", s, got, r)
			}
		}
	}
}

func TestOrdinaryNamesStayAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"Alice Chen", "José Núñez", "O'Brien-Smith", "山田 太郎", "Node.js sync", "Q3: plan", "snake_case", "Łukasz (ops)", "علي"} {
		if got := escape(s); got != s {
			t.Errorf("escape(%q) = %q", s, got)
		}
	}
}

// TestHostileNamesNeverReachMrkdwn draws every view of callers with each
// hostile name everywhere, and looks for it where Slack would parse it.
func TestHostileNamesNeverReachMrkdwn(t *testing.T) {
	t.Parallel()
	marker := "<!channel> *zzz* <https://zzz.example|zzz>"
	l := named(aLine(25), marker)
	l.Conference.Name = marker
	l.Names = map[string]string{"U0ANA": marker, "U0BO": marker}
	for key, label := range l.Labels {
		label.Name, label.By = marker, marker
		l.Labels[key] = label
	}
	c := l.Snapshot.Run.Callers[4]
	who := l.Who(c)
	access := AccessOf(l.Conference, dialIn, "")
	r := anAnnouncement()
	r.Line, r.ChannelName, r.By = l, marker, marker
	for name, m := range map[string]Message{
		"card": Card(CardData{Line: l, Access: access}), "old": OldCard(marker, "https://a.example"), "panel": Panel(PanelData{Line: l}),
		"acted": Acted(ActedData{Line: l, Action: conference.Mute, Caller: c}), "already": Acted(ActedData{Line: l, Action: conference.Mute, Caller: c, Already: true, By: marker}),
		"kicked": Kicked(l, c), "created": Created(CreatedData{Line: l, Access: access, Admins: []string{marker}}),
		"problem": Problem(&conference.Error{Kind: conference.Denied}, "R", ProblemOptions{Conference: marker, Ask: []string{marker}, Caller: &who}),
		"which":   WhichOne(CandidatesData{Typed: marker, Choices: []Choice{{"v", marker}}}), "caller": WhichCaller(l, marker, "mute", l.Snapshot.Run.Callers),
		"note": Noted(l, live.Note{By: "U0ANA", What: "kicked"}, nil), "show": Show(ShowData{Line: l, Access: access, By: "U0ANA"}),
		"list": Conferences(ConferencesData{Rows: []ConferenceRow{{Line: l}}, Total: 1}), "start": Start(StartData{Linked: &ConferenceRow{Line: l}}),
		"announcements": AnnouncementList(AnnouncementsData{Rows: []AnnouncementRow{r}}), "announcing": Announcing(r, at("08:00:00")), "paused": Paused([]AnnouncementRow{r}, announce.TroubleNotIn),
		"invitation": Invitation(InvitationData{Line: l, Access: access}), "reminder": Reminder(ReminderData{Line: l, Access: access}),
		"attendance": Attendance(AttendanceData{Line: l}), "audit": Audit(AuditData{Line: l, Rows: []AuditRow{{By: marker, What: marker}}}),
		"moderated": Moderated(l, []string{"U0ANA"}, []string{"U0BO"}), "eyes": ManyEyes(EyesData{Line: l, ChannelName: marker}),
	} {
		inspect(t, name+" text", m.Text)
		eachMrkdwn(t, m.Blocks, func(s string) { inspect(t, name, s) })
	}
	for name, v := range map[string]View{
		"list": PrivateList(ListData{Line: l, Query: marker, Reader: Reader{Moderates: true}}), "home": AppHome(HomeData{Live: []ConferenceRow{{Line: l}}, Next: []AnnouncementRow{r}, Total: 1}),
		"which": WhichLine(WhichLineData{Line: l}), "end": EndForm(l, 3, Meta{}), "delete": DeleteForm(DeleteData{Line: l, Links: []string{"C1"}}), "preview": Preview(PreviewData{ChannelName: marker}),
		"adopt": Adopt(AdoptData{Rows: []ConferenceRow{{Line: l}}}), "making": Making(marker, Meta{}), "result": CreatedView(CreatedData{Line: l, Access: access}),
	} {
		eachMrkdwn(t, v.Blocks, func(s string) { inspect(t, name, s) })
	}
}

func inspect(t *testing.T, where, s string) {
	t.Helper()
	if strings.Contains(s, "<!channel>") || strings.Contains(s, "*zzz*") || strings.Contains(s, "<https://zzz") {
		t.Errorf("%s: a name is alive in mrkdwn: %q", where, s)
	}
}

func eachMrkdwn(t *testing.T, blocks any, visit func(string)) {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	walk(v, func(o map[string]any) {
		if s, ok := o["text"].(string); ok && o["type"] == "mrkdwn" {
			visit(s)
		}
	})
}

func TestCuttingNeverBreaksARune(t *testing.T) {
	t.Parallel()
	for _, s := range hostile {
		for n := range 30 {
			got := cut(s, n)
			if !utf8.ValidString(got) || utf8.RuneCountInString(got) > n {
				t.Errorf("cut(%q, %d) = %q", s, n, got)
			}
		}
	}
}

func TestOnlyWeSayModerator(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"Ana Ruiz": false, "Ana, moderator": true, "Ana (Moderator)": true, "mоderator": true, "M0DERAT0R": true, "Admin": true,
		"It's you": true, "Youssef": false, "Ada Minton": false, "Bob, muted": true, "ａｄｍｉｎ": true, "Modesta": false, "": false,
	} {
		if got := pretends(name); got != want {
			t.Errorf("pretends(%q) = %t", name, got)
		}
	}
}

func TestAPhoneNumberIsNoName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"+1 415 555 4821": "", "4155554821": "", "Unknown": "", "ANONYMOUS": "", "": "", "Bob": "Bob", "Bob +14155554821": "Bob +…4821",
		"Room 101": "Room 101", "Bob (415) 555-4821": "Bob (…4821",
	} {
		if got := phoneName(conference.Participant{Name: name, Number: conference.NewNumber("+14155554821")}); got != want {
			t.Errorf("phoneName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestStretchesOfTimeInWords(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0 seconds", time.Second: "1 second", 59 * time.Second: "59 seconds", 5 * time.Minute: "5 minutes", time.Hour: "1 hour",
		80 * time.Minute: "1 hour and 20 minutes", 72 * time.Hour: "3 days", -time.Second: "0 seconds", 59*time.Minute + 40*time.Second: "1 hour",
	} {
		if got := lasting(d); got != want {
			t.Errorf("lasting(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestPlacesInWords(t *testing.T) {
	t.Parallel()
	for zoneID, want := range map[string]string{
		"Europe/Berlin": "Berlin", "America/New_York": "New York", "America/Argentina/Buenos_Aires": "Buenos Aires", "UTC": "UTC",
	} {
		if got := place(zone(zoneID)); got != want {
			t.Errorf("place(%s) = %q, want %q", zoneID, got, want)
		}
	}
	if got := place(nil); got != "UTC" {
		t.Errorf("place(nil) = %q", got)
	}
}

func TestALinkToDialHoldsNoHash(t *testing.T) {
	t.Parallel()
	a := Access{DialIn: []DialIn{{Number: "+1 (415) 555-0100"}}, ConferenceNumber: "7001", PIN: conference.NewPIN("482913")}
	if got, want := a.tel(a.DialIn[0]), "tel:+14155550100,,7001,,482913"; got != want {
		t.Errorf("tel = %q, want %q", got, want)
	}
	if got, want := a.oneTap(), "+14155550100,,7001#,,482913#"; got != want {
		t.Errorf("oneTap = %q, want %q", got, want)
	}
}

func TestNumbersAreWrittenAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	for d, want := range map[DialIn]string{
		{Number: "+14155550100"}:                     "+1 415 555 0100 (United States)",
		{Label: "de", Number: "+493012345678"}:       "+49 30 12345678 (Germany)",
		{Label: "Europe", Number: "+442079460000"}:   "+44 20 7946 0000 (Europe)",
		{Label: "XX", Number: "+442079460000"}:       "+44 20 7946 0000 (XX)",
		{Number: "101"}:                              "101",
		{Number: "sip:room@pbx.example"}:             "sip:room@pbx.example",
		{Label: "Office", Number: "not a number \n"}: "not a number (Office)",
	} {
		if got := d.withCountry(); got != want {
			t.Errorf("%+v = %q, want %q", d, got, want)
		}
	}
}

func TestCountsHaveTheRightForm(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 people", 1: "1 person", 2: "2 people", 5000: "5,000 people", 1234567: "1,234,567 people"} {
		if got := people(n); got != want {
			t.Errorf("people(%d) = %q, want %q", n, got, want)
		}
	}
}
