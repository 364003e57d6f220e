package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"confbot/sandbox/web/browsertest"
)

func quietSurfacesShowText(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.Click("[data-testid=side-locked]", "")
	s.See(".ring", "PIN 482913, then #.")
	s.See(".ring", "@ana could you look at the numbers")
	s.Gone(".ring", "Weekly sync is live")
	longest := browsertest.Eval[int](s.Page, `Math.max(...[...document.querySelectorAll('.ring')].map((e) => [...e.lastChild.textContent].length))`)
	if longest != 90 {
		t.Errorf("the longest notification has %d characters, want it cut at 90", longest)
	}
	s.Shot("locked-phone")
	s.Click("[data-testid=side-aloud]", "")
	s.See("[data-testid=read-aloud]", "The PIN digit by digit: 4 8 2 9 1 3.")
	s.Gone("[data-testid=read-aloud]", "Remind me")
	s.Click("[data-testid=open-thread]", "")
	s.See("[data-testid=read-aloud]", "2, Bo Lin, ends 0142, muted.")
	s.Shot("read-aloud")
}

func phonesWork(t *testing.T, s *stage) {
	s.open(t, ana, team)
	breather := "[data-testid=phone][data-number='+493012344821']"
	s.See(breather, "breathing")
	s.See(breather, "heard by others")
	s.See(breather, "3. Unknown caller")
	s.See("[data-testid=phone]", "hidden number")
	s.See("[data-testid=truth]", "Weekly sync 5 on the line since 09:30")
	s.Click(breather+" [data-key=star1]", "")
	if diff := cmp.Diff(map[string]any{"keys": "*1"}, s.sent(t, "/audian/callers/call_3/press")); diff != "" {
		t.Errorf("press (-want +got):\n%s", diff)
	}
	s.change("/audian/state", func(state map[string]any) {
		caller := state["callers"].([]any)[2].(map[string]any)
		caller["muted"], caller["heard_by_others"] = true, false
	})
	s.Gone(breather, "heard by others")
	s.See(breather, "muted")
	s.See(breather, "breathing")
	s.Click("[data-testid=phone] [data-key=again]", "Call again")
	want := map[string]any{"conference": "conf_weekly", "caller_number": "+14155559021", "caller_name": "Gus", "pin": "482913"}
	if diff := cmp.Diff(want, s.sent(t, "/audian/call")); diff != "" {
		t.Errorf("call again (-want +got):\n%s", diff)
	}
}

func wrongPINIsRefused(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.Click("[data-testid=dial] summary", "")
	s.Fill("[data-testid=dial] [name=pin]", "1234")
	s.Fill("[data-testid=dial] [name=caller_name]", "Ira")
	s.answer("/audian/call", map[string]any{"id": "call_9", "state": "refused", "reason": "That PIN is not right.", "caller_number": "+1"})
	s.Click("[data-testid=dial-go]", "")
	s.See("[data-testid=dial-answer]", "That PIN is not right.")
	got := s.sent(t, "/audian/call")
	if got["pin"] != "1234" || got["caller_name"] != "Ira" || got["conference"] != "conf_weekly" {
		t.Errorf("the call was %v", got)
	}
	s.Shot("dial-refused")
}

func troubleIsASwitch(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.Click("[data-testid=side-faults]", "")
	s.See("[data-testid=faults]", "Audian stops answering")
	s.Shot("faults")
	s.Click("label", "Audian stops answering")
	if diff := cmp.Diff(map[string]any{"match": "*", "kind": "hang"}, s.sent(t, "/audian/faults")); diff != "" {
		t.Errorf("fault (-want +got):\n%s", diff)
	}
	s.Click("[data-testid=slack-refresh]", "")
	if diff := cmp.Diff(map[string]any{"action": "refresh_requested"}, s.sent(t, "/slack/sockets")); diff != "" {
		t.Errorf("sockets (-want +got):\n%s", diff)
	}
}

func stepsAreTicked(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.See("[data-testid=step-1]", "Who’s on")
	s.Gone("[data-testid=tour] .done", "")
	s.Click("[data-action='people.open']", "Who's on")
	s.See("[data-testid=step-1].done", "")
	s.change("/audian/state", func(state map[string]any) { state["callers"].([]any)[2].(map[string]any)["muted"] = true })
	s.See("[data-testid=step-2].done", "")
	s.change("/audian/state", func(state map[string]any) { state["callers"].([]any)[3].(map[string]any)["state"] = "kicked" })
	s.See("[data-testid=step-3].done", "")
	s.change("/audian/state", func(state map[string]any) {
		state["conferences"] = append(state["conferences"].([]any), map[string]any{"id": "conf_coffee", "name": "Coffee", "participants": []any{}})
	})
	s.See("[data-testid=step-4].done", "")
	s.Say("[data-testid=composer]", "/conf announce Coffee every weekday at 9:25")
	s.waitFor(t, "/slack/act/type")
	s.Gone("[data-testid=step-5].done", "") // shown for approval, not announced yet
	s.Click("[data-testid=skip]", "Skip to 09:25")
	s.See("[data-testid=step-5].done", "")
	s.See("[data-testid=toast]", "It is 09:25 now")
	s.waitFor(t, "/demo/skip")
}

func skipIsRefusedInWords(t *testing.T, s *stage) {
	s.troubled = true
	s.open(t, ana, team)
	s.answer("/demo/skip", inWords("Nothing is announced yet."))
	s.Click("[data-testid=skip]", "")
	s.See("[data-testid=toast]", "Nothing is announced yet.")
	s.Gone("[data-testid=step-5].done", "")
}

func narrowHasDrawers(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.Size(380, 780)
	s.Gone("[data-testid=sidebar]", "Channels")
	s.Gone("[data-testid=phones]", "")
	if wide := browsertest.Eval[int](s.Page, `document.documentElement.scrollWidth`); wide > 380 {
		t.Errorf("the page is %d pixels wide at 380", wide)
	}
	s.Shot("narrow-channel")
	s.Click("[data-testid=open-thread]", "")
	s.See("[data-testid=thread]", "3. Unknown caller")
	s.Gone("[data-testid=channel]", "")
	s.Shot("narrow-thread")
	s.Click("[data-testid=open-phones]", "")
	s.See("[data-testid=phones]", "breathing")
	s.Until(`document.querySelector('.side').getBoundingClientRect().right <= 381`)
	if hidden := browsertest.Eval[int](s.Page, `(() => { const tabs = document.querySelector('.side-tabs'); return tabs.scrollWidth - tabs.clientWidth; })()`); hidden > 0 {
		t.Errorf("%d pixels of the tabs are cut off at 380", hidden)
	}
	s.Shot("narrow-phones")
	s.Click("[data-testid=close-side]", "")
	s.Gone("[data-testid=phones]", "")
	s.Click("[data-testid=open-phones]", "")
	s.See("[data-testid=phones]", "breathing")
	s.Until(`document.querySelector('.side').getBoundingClientRect().right <= 381`)
	s.Press(kb.Escape)
	s.Gone("[data-testid=phones]", "")
	s.Click("[data-testid=open-sidebar]", "")
	s.See("[data-testid=sidebar]", "Channels")
	s.Until(`document.querySelector('.sidebar').getBoundingClientRect().left >= 0`)
	s.Shot("narrow-sidebar")
	s.Click("[data-testid=side-row]", "channel gallery")
	s.See("[data-testid=channel] h1", "gallery")
	s.showForms(t, "form", "list")
	s.See("[data-testid=modal]", "40 on the line")
	s.Shot("narrow-list")
}

func menusTakeKeys(t *testing.T, s *stage) {
	s.open(t, ana, gallery)
	browsertest.Eval[any](s.Page, `document.querySelector('[data-action="o.more"]').focus()`)
	s.Press(kb.ArrowDown)
	s.Until(`document.activeElement.innerText.includes('One')`)
	s.Press(kb.ArrowDown)
	s.Until(`document.activeElement.innerText.includes('Two')`)
	s.Press(kb.Escape)
	s.Gone("[role=menu]", "")
	s.Until(`document.activeElement.dataset.action === 'o.more'`)
	browsertest.Eval[any](s.Page, `document.querySelector('[data-action="s.static"]').focus()`)
	s.Press(kb.Enter)
	s.Until(`document.querySelectorAll('.choices [role=option]').length > 1`)
	s.Press("thr")
	s.Until(`document.querySelectorAll('.choices [role=option]').length === 1`)
	// The protocol sends a key press even where the key down was taken, and that
	// would press the button to which the focus returns.
	browsertest.Eval[any](s.Page, `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))`)
	s.waitFor(t, "/slack/act/click")
	s.Until(`document.activeElement.dataset.action === 's.static'`)
	s.See("[data-action='s.static']", "Three")
	unlabelled := browsertest.Eval[[]string](s.Page, `[...document.querySelectorAll('button, input, textarea, select, [role=combobox], [role=dialog], nav, aside, section')]
		.filter((e) => e.checkVisibility() && !(e.innerText?.trim() || e.ariaLabel || e.labels?.length || e.ariaLabelledByElements?.length)).map((e) => e.outerHTML.slice(0, 120))`)
	if len(unlabelled) > 0 {
		t.Errorf("without a name for a screen reader: %s", strings.Join(unlabelled, "\n"))
	}
}

func themeCanBeChosen(t *testing.T, s *stage) {
	s.open(t, ana, team, cardTS)
	s.Click("[data-testid=theme]", "")
	s.Click("[role=menuitemradio]", "Dark")
	s.Until(`getComputedStyle(document.querySelector('.pane')).backgroundColor === 'rgb(27, 31, 34)'`)
	s.Shot("thread-dark")
	s.showForms(t, "form", "list")
	s.See("[data-testid=modal]", "40 on the line")
	s.Shot("private-list-dark")
	s.showForms(t, "form")
	s.See("[data-testid=modal]", "New conference")
	s.Shot("form-dark")
	s.showForms(t)
	s.Gone("[data-testid=modal]", "")
	s.Click("[data-testid=theme]", "")
	s.Click("[role=menuitemradio]", "As the system")
}

func closedChannelsSayWhy(t *testing.T, s *stage) {
	s.open(t, ana, "C0OLDPLAN1")
	s.See("[data-testid=closed]", "archived")
	s.Click("[data-testid=side-row]", "channel announcements")
	s.See("[data-testid=closed]", "Only some people may post")
	s.Click("[data-testid=side-row]", "channel random")
	s.Click("[data-testid=join]", "Join")
	if diff := cmp.Diff(map[string]any{"user": ana, "channel": "C0RANDOM01"}, s.sent(t, "/slack/act/join")); diff != "" {
		t.Errorf("join (-want +got):\n%s", diff)
	}
}

func newMessagesAreAnnounced(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.See("[data-testid=message]", "good morning")
	s.change("/slack/view", func(v map[string]any) {
		messages := v["messages"].(map[string]any)
		messages[team] = append(messages[team].([]any), map[string]any{"channel": team, "ts": "1795423300.000100", "user": bo, "text": "Dialling in now", "replies": 0})
	})
	s.See("[data-testid=message]", "Dialling in now")
	s.Until(`document.querySelector('[data-testid=live]').textContent === 'Bo Lin: Dialling in now'`)
	s.Until(`(() => { const box = document.querySelector('.channel-pane .scroll'); return box.scrollHeight - box.scrollTop - box.clientHeight < 4; })()`)
}
