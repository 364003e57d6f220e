package audian

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestThePINPrompt(t *testing.T) {
	t.Parallel()
	both := effective{MemberPINs: []string{"11", "12"}, ModeratorPINs: []string{"99"}}
	memberOnly := effective{MemberPINs: []string{"11"}}
	moderatorOnly := effective{ModeratorPINs: []string{"99"}}
	inBoth := effective{MemberPINs: []string{"5"}, ModeratorPINs: []string{"5"}}
	byNumber := effective{MemberPINs: []string{"11"}, ModeratorPINs: []string{"99"}, MemberNumbers: []string{"701"}, ModeratorNums: []string{"702"}}
	member, moderator := admission{}, admission{moderator: true}
	wrong, none := admission{refused: wrongPIN}, admission{refused: noPIN}
	for _, tt := range []struct {
		name       string
		e          effective
		typed, pin string
		asked      admission // where moderator PINs are asked for (seed, Kazoo 4)
		five       admission // where they are not (Kazoo 5)
	}{
		{"open", effective{}, "", "", member, member},
		{"open, and a PIN is typed all the same", effective{}, "", "1", member, member},
		{"the member PIN", both, "", "11", member, member},
		{"the other member PIN", both, "", "12", member, member},
		{"the moderator PIN", both, "", "99", moderator, wrong},
		{"a wrong PIN", both, "", "98", wrong, wrong},
		{"the beginning of a PIN", both, "", "1", wrong, wrong},
		{"no PIN", both, "", "", none, none},
		{"members only: no PIN", memberOnly, "", "", none, none},
		{"members only: wrong", memberOnly, "", "99", wrong, wrong},
		{"moderators only: no PIN is a member's", moderatorOnly, "", "", member, member},
		{"moderators only: the PIN", moderatorOnly, "", "99", moderator, member},
		{"moderators only: wrong", moderatorOnly, "", "98", wrong, member},
		{"in both lists is a member", inBoth, "", "5", member, member},
		{"the members' number", byNumber, "701", "11", member, member},
		{"the members' number with the moderator PIN", byNumber, "701", "99", wrong, wrong},
		{"the moderators' number", byNumber, "702", "99", moderator, moderator},
		{"the moderators' number with the member PIN", byNumber, "702", "11", wrong, wrong},
		{"the moderators' number without a PIN", byNumber, "702", "", none, none},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for o, want := range map[*Options]admission{
				{}: tt.asked, {Dialect: Kazoo, KazooVersion: 4}: tt.asked, {Dialect: Kazoo, KazooVersion: 5}: tt.five,
				{Dialect: Kazoo, KazooVersion: 5, ModeratorPINs: On}: tt.asked, {ModeratorPINs: Off}: tt.five,
			} {
				if got := o.admit(tt.e, tt.typed, tt.pin); got != want {
					t.Errorf("%s %d (switch %q): %+v, want %+v", o.Dialect, o.KazooVersion, o.ModeratorPINs, got, want)
				}
			}
		})
	}
}

func TestDialling(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{DialIn: []string{"+1 415 555-0100", "+493012345678"}})
	standup := c.conference(ConferenceSpec{Name: "Standup", MemberPINs: []string{"4821"}, Numbers: []string{"7001"}, DialIn: []string{"+14155550177"}})
	small := c.conference(ConferenceSpec{Name: "Small", MaxMembers: 1})
	c.caller(small, CallerSpec{Name: "the one who fits"})
	for _, tt := range []struct {
		name   string
		call   Call
		state  CallState
		reason string
	}{
		{"a shared line, number and PIN", Call{Number: "+14155550100", Conference: "7001#", PIN: "4821#"}, OnLine, ""},
		{"another shared line", Call{Number: "+493012345678", Conference: "7001", PIN: "4821"}, OnLine, ""},
		{"its own line", Call{Number: "+14155550177", PIN: "4821"}, OnLine, ""},
		{"by id", Call{Conference: standup, PIN: "4821"}, OnLine, ""},
		{"by name", Call{Conference: "standup", PIN: "4821"}, OnLine, ""},
		{"put in", Call{Conference: standup, As: "member"}, OnLine, ""},
		{"a wrong PIN", Call{Conference: standup, PIN: "4822"}, Refused, wrongPIN},
		{"no PIN", Call{Conference: standup}, Refused, noPIN},
		{"a number nobody has", Call{Number: "+14155550199"}, Refused, "The number you dialled is not in service."},
		{"no conference number", Call{Number: "+14155550100"}, Refused, "No conference number was entered."},
		{"an unknown conference number", Call{Conference: "7999"}, Refused, "There is no conference with that number."},
		{"a full conference", Call{Conference: small}, Refused, "This conference is full."},
		{"a full conference, for a moderator", Call{Conference: small, As: "moderator"}, Refused, "This conference is full."},
	} {
		got := c.s.Dial(tt.call)
		if got.State != tt.state || got.Reason != tt.reason {
			t.Errorf("%s: %s %q, want %s %q", tt.name, got.State, got.Reason, tt.state, tt.reason)
		}
	}
}

func TestHowMembersArrive(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name             string
		o                Options
		data             string
		member, moderate bool // muted
	}{
		{"seed", Options{}, `{"name":"x"}`, false, false},
		{"seed, a webinar", Options{}, `{"name":"x","profile":"webinar"}`, true, false},
		{"seed, a webinar, switched off", Options{ListenersMuted: Off}, `{"name":"x","profile":"webinar"}`, false, false},
		{"kazoo, by default", kazoo(), `{"name":"x"}`, true, false},
		{"kazoo, told otherwise", kazoo(), `{"name":"x","member":{"join_muted":false}}`, false, false},
		{"kazoo, moderators too", kazoo(), `{"name":"x","moderator":{"join_muted":true}}`, true, true},
	} {
		c := startServer(t, tt.o)
		id, _ := c.want(c.do("PUT", "/conferences", `{"data":`+tt.data+`}`), 201).data()["id"].(string)
		member := c.s.Dial(Call{Conference: id, As: "member"})
		moderator := c.s.Dial(Call{Conference: id, As: "moderator"})
		if member.Muted != tt.member || moderator.Muted != tt.moderate || !moderator.Moderator {
			t.Errorf("%s: member muted %v, moderator muted %v", tt.name, member.Muted, moderator.Muted)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	conf := c.conference(ConferenceSpec{})
	id := c.caller(conf, CallerSpec{Name: "Alice"}).ID
	for _, tt := range []struct {
		keys string
		want flags
	}{
		{"*1", flags{OnLine, true, false}},
		{"*1", flags{OnLine, false, false}},
		{"*2", flags{OnLine, true, false}},
		{"*2", flags{OnLine, true, false}},
		{"*3", flags{OnLine, false, false}},
		{"*4", flags{OnLine, false, true}},
		{"*4", flags{OnLine, false, false}},
		{"*5", flags{OnLine, false, true}},
		{"*6", flags{OnLine, false, false}},
		{"1", flags{OnLine, false, false}},
		{"*9", flags{OnLine, false, false}},
		{"**1", flags{OnLine, true, false}},
		{"*3*5", flags{OnLine, false, true}},
		{"*6#*2", flags{HungUp, false, false}},
	} {
		if err := c.s.Press(id, tt.keys); err != nil {
			t.Fatalf("%s: %v", tt.keys, err)
		}
		if diff := cmp.Diff(tt.want, flagsOf(c.s.caller(id))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.keys, diff)
		}
	}
	for _, err := range []error{c.s.Press(id, "*1"), c.s.Press("nope", "*1"), c.s.Press(id, "x"), c.s.HangUp(id), c.s.SetTalking(id, "singing")} {
		if err == nil {
			t.Error("done to a telephone that is not there, or with keys that it has not")
		}
	}
}

func TestNoiseIsHeardUnlessMuted(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	conf := c.conference(ConferenceSpec{})
	id := c.caller(conf, CallerSpec{Name: "Alice"}).ID
	look := func() (bool, any) {
		p := c.do("GET", "/conferences/"+conf+"/participants", "").first()
		talking, _ := lookUp(p, "conference_channel_vars/talking").(bool)
		return talking, lookUp(p, "conference_channel_vars/current_energy")
	}
	for _, tt := range []struct {
		noise Noise
		keys  string
		heard bool
		level float64
	}{
		{Talking, "", true, 900},
		{Breathing, "", true, 140},
		{Breathing, "*2", false, 140},
		{Talking, "", false, 900},
		{Silent, "*3", false, 0},
	} {
		if err := c.s.SetTalking(id, tt.noise); err != nil {
			t.Fatal(err)
		}
		if tt.keys != "" {
			if err := c.s.Press(id, tt.keys); err != nil {
				t.Fatal(err)
			}
		}
		talking, level := look()
		phone := c.s.caller(id)
		if talking != tt.heard || level != tt.level || phone.HeardByOthers != tt.heard || float64(phone.Level) != tt.level {
			t.Errorf("%s after %q: talking %v at %v, phone %+v", tt.noise, tt.keys, talking, level, phone)
		}
	}
}

func TestPhonesShowHowTheyEnded(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	conf := c.conference(ConferenceSpec{})
	kicked := c.caller(conf, CallerSpec{Name: "Kicked"})
	gone := c.caller(conf, CallerSpec{Name: "Gone"})
	c.caller(conf, CallerSpec{Name: "Last"})
	c.want(c.do("DELETE", "/conferences/"+conf+"/participants/"+kicked.ParticipantID, ""), 200)
	if err := c.s.HangUp(gone.ID); err != nil {
		t.Fatal(err)
	}
	c.s.EndRun(conf)
	var got []CallState
	for _, ph := range c.s.Callers() {
		got = append(got, ph.State)
		if (ph.State == Kicked || ph.State == Ended) && ph.Reason == "" {
			t.Errorf("%s without a word", ph.State)
		}
	}
	if want := []CallState{Kicked, HungUp, Ended}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if again := c.s.Dial(Call{Conference: conf}); again.State != OnLine {
		t.Errorf("calling again: %+v", again)
	}
}

func TestOldCallsAreForgottenAndLiveOnesAreNot(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	conf := c.conference(ConferenceSpec{})
	alice := c.caller(conf, CallerSpec{Name: "Alice"})
	for range maxCalls + 10 {
		c.s.Dial(Call{Conference: "nowhere"})
	}
	if n := len(c.s.Callers()); n != maxCalls {
		t.Errorf("%d calls are remembered, want %d", n, maxCalls)
	}
	if got := c.s.caller(alice.ID).State; got != OnLine {
		t.Errorf("Alice is %s", got)
	}
}
