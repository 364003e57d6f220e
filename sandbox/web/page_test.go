package web_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/sandbox/web/browsertest"
)

// TestPage runs every test of the drawing in one browser, each in a tab and on
// fixtures of its own.
func TestPage(t *testing.T) {
	browser := browsertest.Start(t)
	for name, test := range map[string]func(*testing.T, *stage){
		"a channel shows card, private message and thread":           channelShowsItsMessages,
		"every block and element is drawn or says that it is not":    everyBlockIsDrawn,
		"markup from outside is dead text":                           markupIsDead,
		"times are in the zone of the reader":                        timesFollowTheReader,
		"a click tells the app what and where":                       clickTellsTheApp,
		"a dangerous click asks first":                               dangerousClickAsks,
		"menus, selects and pickers send what was chosen":            choicesAreSent,
		"a click that fails or times out shows a warning":            failedClickWarns,
		"a form sends its values and shows errors at the fields":     formShowsErrors,
		"a form keeps what was typed when it is drawn anew":          formKeepsEntries,
		"forms stack, go back and close":                             formsStack,
		"a form holds the focus and Escape closes it":                formHoldsFocus,
		"the composer offers the command and shows a refusal":        composerHelps,
		"names are offered and sent as typed":                        namesAreOffered,
		"the app's Home and its messages are two tabs":               homeAndMessages,
		"shortcuts of a message and of the app are in menus":         shortcutsAreOffered,
		"what was sent can be seen and copied":                       payloadCanBeSeen,
		"a locked phone and a reader aloud get the text only":        quietSurfacesShowText,
		"phones show what Audian holds and can be used":              phonesWork,
		"a wrong PIN is refused in words":                            wrongPINIsRefused,
		"trouble is a switch in plain words":                         troubleIsASwitch,
		"first steps are ticked off as they happen":                  stepsAreTicked,
		"nothing announced: skipping says so":                        skipIsRefusedInWords,
		"at 380 pixels sidebar and phones are drawers":               narrowHasDrawers,
		"the focus keeps its place when a button is drawn anew":      focusKeepsItsPlace,
		"menus can be used with the keyboard":                        menusTakeKeys,
		"light and dark can be chosen":                               themeCanBeChosen,
		"a channel that is closed to the reader says why":            closedChannelsSayWhy,
		"new messages are announced and kept at the end of the list": newMessagesAreAnnounced,
	} {
		t.Run(name, func(t *testing.T) {
			fake, address := newFake(t)
			s := &stage{fake: fake, address: address, browser: browser}
			test(t, s)
			if s.Page != nil {
				if errs := s.Errors(); len(errs) > 0 && !s.troubled {
					t.Errorf("the console holds errors: %q", errs)
				}
			}
		})
	}
}

// stage is one test's tab on its own fixtures.
type stage struct {
	*browsertest.Page
	*fake
	address  string
	browser  *browsertest.Browser
	troubled bool // refused requests are part of the test, and the console tells of them
}

const (
	ana     = "U0ANA00001"
	faye    = "U0FAYE0001"
	bo      = "U0BO000001"
	team    = "C0TEAM0001"
	gallery = "C0GALLERY1"
	cardTS  = "1795422600.000100"
)

// open looks at a place as somebody.
func (s *stage) open(t *testing.T, user string, place ...string) {
	t.Helper()
	s.Page = s.browser.Open(t, s.address+"/#"+user+"/"+strings.Join(place, "/"))
	s.Size(1440, 900)
	s.See("[data-testid=sidebar]", "")
}

// showForms opens forms of the fixtures, the last on top.
func (s *stage) showForms(t *testing.T, names ...string) {
	t.Helper()
	all := fixture(t, "forms.json")
	views := []any{}
	for _, name := range names {
		views = append(views, all[name])
	}
	s.change("/slack/view", func(v map[string]any) { v["views"] = views })
}

// sent waits until the page has posted to a path and returns the body.
func (s *stage) sent(t *testing.T, path string) map[string]any {
	t.Helper()
	s.waitFor(t, path)
	return s.posted(path)
}

func channelShowsItsMessages(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.See("[data-testid=channel] h1", "team")
	s.See(".day", "Today")
	s.See("[data-testid=message]", "Call +1 415 555 0100")
	s.See("[data-testid=only-you]", "Only visible to you")
	s.Shot("channel-light")
	s.Click("[data-testid=open-thread]", "2 replies")
	s.See("[data-testid=thread]", "3. Unknown caller")
	s.See("[data-testid=thread] .reply-count", "2 replies")
	s.See("[data-testid=thread]", "Somebody breathes into the line")
	s.Gone("[data-testid=channel] [data-testid=message]", "Somebody breathes into the line")
	s.Shot("thread-light")
	s.Size(1440, 1400)
	s.Shot("thread-light-tall")
}

func everyBlockIsDrawn(t *testing.T, s *stage) {
	s.open(t, ana, gallery)
	s.See("[data-testid=message]", "Every block")
	undrawn := browsertest.Eval[[]string](s.Page, `[...document.querySelectorAll('.channel-pane .undrawn')].map((e) => e.innerText)`)
	if diff := cmp.Diff([]string{"[hologram is not drawn here]", "[hologram is not drawn here]", "[teleporter is not drawn here]"}, undrawn); diff != "" {
		t.Errorf("what is not drawn (-want +got):\n%s", diff)
	}
	for css, words := range map[string]string{
		".header-block": "Every block", ".fields": "Limit", ".context": "Small", "blockquote": "a quote", ".pre": "*text*",
		".rich-list": "inner bullet", ".table": "Minutes", ".pages": "1 of 3", ".alert.warning": "warning", ".placeholder": "How to dial in",
		".card": "A card", ".container": "Inside it", ".layout": "right", ".markdown": "fenced", ".task": "under way", ".attachment": "In an attachment",
		"[aria-label='a cat']": "", "[data-action='s.external']": "External", "[data-action='d.both']": "", "[data-action='c.radio']": "Two",
		".combo.many .chip": "One", ".mention.mine": "@here", ".emoji": "", "[aria-label='Attendance as a timeline: 5 people from 09:30 to 10:08']": "",
	} {
		s.See(css, words)
	}
	for part := range 4 {
		s.Size(1440, 1500)
		browsertest.Eval[any](s.Page, `document.querySelector('.channel-pane .scroll').scrollTop = `+[]string{"0", "1300", "2600", "9999"}[part])
		s.Shot("gallery-" + string(rune('1'+part)))
	}
}

func markupIsDead(t *testing.T, s *stage) {
	s.open(t, ana, gallery)
	s.See(".section", "<b>not html</b>")
	s.See(".table", "<b>Bo</b>")
	s.See(".section", "2*3*4 snake_case_name")
	links := browsertest.Eval[[]string](s.Page, `[...document.querySelectorAll('.channel-pane a')].map((a) => a.protocol)`)
	for _, scheme := range links {
		if !slices.Contains([]string{"https:", "http:", "mailto:", "tel:"}, scheme) {
			t.Errorf("a link has the scheme %q", scheme)
		}
	}
	s.See(".dead-link", "dead")
	if n := browsertest.Eval[int](s.Page, `performance.getEntriesByType('resource').filter((e) => !e.name.startsWith(location.origin)).length`); n != 0 {
		t.Errorf("%d things were fetched from elsewhere", n)
	}
}

func timesFollowTheReader(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.See(".section", "since 09:30")
	s.Click("[data-testid=user-switch]", "")
	s.Click("[role=menuitemradio]", "Faye Rao")
	s.See("[data-testid=user-switch]", "Faye")
	s.See(".section", "since 14:00")
	s.Click("[data-testid=user-switch]", "")
	s.Shot("user-switch")
	s.Click("[role=menuitemradio]", "Bo Lin")
	s.See(".section", "since 3:30 AM")
	s.Goto(s.address + "/?again#" + faye + "/" + gallery)
	s.See(".section", "2026-11-23")
	s.See(".section", "November 23rd")
	s.See(".section", "Monday, November 23rd")
	s.See(".section", "the fallback")
}

func clickTellsTheApp(t *testing.T, s *stage) {
	s.open(t, ana, team, cardTS)
	s.Click("[data-testid=thread] [data-action='participant.mute']", "Mute 3, Unknown caller")
	got := s.sent(t, "/slack/act/click")
	delete(got, "state")
	want := map[string]any{
		"user": ana, "container": map[string]any{"channel": team, "message_ts": "1795422605.000100"},
		"block_id": "r.weekly.1.3", "action_id": "participant.mute", "value": "3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("click (-want +got):\n%s", diff)
	}
}

func dangerousClickAsks(t *testing.T, s *stage) {
	s.open(t, ana, team, cardTS)
	s.Click("[data-action='participant.kick']", "Kick 4, Alice Chen")
	s.See("[data-testid=confirm]", "Kick caller 4?")
	s.Shot("confirm")
	s.Click("[data-testid=confirm-deny]", "Cancel")
	s.Gone("[data-testid=confirm]", "")
	if body := s.posted("/slack/act/click"); body != nil {
		t.Fatalf("a click that was called off was sent: %v", body)
	}
	s.Click("[data-action='participant.kick']", "Kick 4, Alice Chen")
	s.Click("[data-testid=confirm-yes]", "Kick")
	if got := s.sent(t, "/slack/act/click")["value"]; got != "4" {
		t.Errorf("value %v, want 4", got)
	}
}

func choicesAreSent(t *testing.T, s *stage) {
	s.open(t, ana, gallery)
	s.answer("/slack/act/suggest", map[string]any{"ok": true, "options": []any{option("Weekly sync", "w")}})
	picks := []struct {
		open, choice, words string
		field               string
		want                any
	}{
		{"[data-action='o.more']", "[role=menuitem]", "Two", "selected_option", map[string]any{"text": map[string]any{"type": "plain_text", "text": "Two", "emoji": true}, "value": "2", "description": map[string]any{"type": "plain_text", "text": "the second", "emoji": true}}},
		{"[data-action='s.static']", "[role=option]", "Three", "selected_option", option("Three", "3")},
		{"[data-action='s.groups']", "[role=option]", "One", "selected_option", option("One", "1")},
		{"[data-action='s.external']", "[role=option]", "Weekly sync", "selected_option", option("Weekly sync", "w")},
		{"[data-action='s.users']", "[role=option]", "Faye Rao", "selected_user", faye},
		{"[data-action='s.channels']", "[role=option]", "#team", "selected_channel", team},
		{"[data-action='s.conv']", "[role=option]", "#board", "selected_conversation", "C0BOARD001"},
		{"[data-action='m.static']", "[role=option]", "One", "selected_options", []any{map[string]any{"text": map[string]any{"type": "plain_text", "text": "Two", "emoji": true}, "value": "2", "description": map[string]any{"type": "plain_text", "text": "the second", "emoji": true}}}},
	}
	for i, pick := range picks {
		s.Click(pick.open, "")
		s.See(pick.choice, pick.words)
		if i == 2 {
			s.Shot("select-open")
		}
		s.Click(pick.choice, pick.words)
		s.waitForMore(t, "/slack/act/click", i+1)
		if diff := cmp.Diff(pick.want, s.posted("/slack/act/click")[pick.field]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", pick.open, diff)
		}
		s.Press("\x1b")
		s.Gone(pick.choice, "")
	}
	browsertest.Eval[any](s.Page, `(() => { const d = document.querySelector('[data-action="d.date"]'); d.value = '2026-12-24'; d.dispatchEvent(new Event('change', { bubbles: true })); })()`)
	s.waitForMore(t, "/slack/act/click", len(picks)+1)
	if got := s.posted("/slack/act/click")["selected_date"]; got != "2026-12-24" {
		t.Errorf("selected_date %v", got)
	}
	browsertest.Eval[any](s.Page, `(() => { const d = document.querySelector('[data-action="d.both"]'); d.value = '2026-12-24T18:00'; d.dispatchEvent(new Event('change', { bubbles: true })); })()`)
	s.waitForMore(t, "/slack/act/click", len(picks)+2)
	if got := s.posted("/slack/act/click")["selected_date_time"]; got != float64(1798131600) {
		t.Errorf("selected_date_time %v, want 18:00 in Berlin", got)
	}
}

func option(text, value string) map[string]any {
	return map[string]any{"text": map[string]any{"type": "plain_text", "text": text, "emoji": true}, "value": value}
}

func failedClickWarns(t *testing.T, s *stage) {
	s.troubled = true
	s.open(t, ana, team, cardTS)
	s.answer("/slack/act/click", errors.New("That button is no longer there."))
	s.Click("[data-action='participant.deafen']", "Deafen 1, Ana Ruiz")
	s.See("[data-testid=trouble]", "That button is no longer there.")
	s.change("/slack/view", func(v map[string]any) {
		v["notices"] = []any{map[string]any{
			"seq": 7, "at": "2026-11-23T08:42:01Z", "user": ana, "kind": "warning_triangle", "text": "confbot did not answer.", "channel": team,
			"message_ts": "1795422605.000100", "block_id": "r.weekly.1.4", "action_id": "participant.mute",
		}, map[string]any{
			"seq": 8, "at": "2026-11-23T08:42:02Z", "user": ana, "kind": "operation_timeout", "text": "/conf failed because the app did not respond", "channel": team, "command": "/conf",
		}}
	})
	s.See("[data-testid=trouble]", "confbot did not answer.")
	s.See("[data-testid=notice]", "/conf failed")
	s.Shot("trouble")
}
