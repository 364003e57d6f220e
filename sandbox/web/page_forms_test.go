package web_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"confbot/sandbox/web/browsertest"
)

func formShowsErrors(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.showForms(t, "form")
	s.See("[data-testid=modal]", "New conference")
	s.Shot("form")
	s.Click("[data-testid=modal-submit]", "Create")
	s.See("[data-testid=field-error]", "required")
	if body := s.posted("/slack/act/submit"); body != nil {
		t.Fatalf("a form without its required field was sent: %v", body)
	}
	s.Fill(".input-block[data-block=name] input", "Coffee")
	s.Fill(".input-block[data-block=pin] input", "1111")
	s.answer("/slack/act/submit", map[string]any{"ok": false, "errors": map[string]any{"pin": "That PIN is easy to guess. Avoid repeats and runs like 1234."}})
	s.Click("[data-testid=modal-submit]", "Create")
	s.See(".input-block[data-block=pin] [data-testid=field-error]", "easy to guess")
	s.Shot("form-field-error")
	values, _ := s.sent(t, "/slack/act/submit")["values"].(map[string]any)
	want := map[string]any{
		"name":  map[string]any{"v": map[string]any{"type": "plain_text_input", "value": "Coffee"}},
		"pin":   map[string]any{"v": map[string]any{"type": "plain_text_input", "value": "1111"}},
		"day":   map[string]any{"v": map[string]any{"type": "datepicker", "selected_date": "2026-11-30"}},
		"share": map[string]any{"v": map[string]any{"type": "conversations_select", "selected_conversation": team}},
		"kind":  map[string]any{"v": map[string]any{"type": "radio_buttons", "selected_option": option("Default", "d")}},
		"who":   map[string]any{"v": map[string]any{"type": "multi_users_select", "selected_users": []any{}}},
	}
	for block, fields := range want {
		if diff := cmp.Diff(fields, values[block]); diff != "" {
			t.Errorf("values.%s (-want +got):\n%s", block, diff)
		}
	}
	s.answer("/slack/act/submit", map[string]any{"ok": false, "error": "trouble"})
	s.Click("[data-testid=modal-submit]", "Create")
	s.See("[data-testid=modal-trouble]", "trouble connecting")
	s.Size(1440, 1900)
	s.Shot("form-tall")
}

func formKeepsEntries(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.showForms(t, "form")
	s.Fill(".input-block[data-block=name] input", "Coffee")
	s.change("/slack/view", func(v map[string]any) {
		view := v["views"].([]any)[0].(map[string]any)
		view["hash"] = "2.b"
		blocks := view["blocks"].([]any)
		view["blocks"] = append([]any{map[string]any{"type": "section", "block_id": "new", "text": map[string]any{"type": "mrkdwn", "text": "Drawn anew"}}}, blocks...)
	})
	s.See("[data-testid=modal]", "Drawn anew")
	s.Until(`document.querySelector('.input-block[data-block=name] input').value === 'Coffee'`)
	s.change("/slack/view", func(v map[string]any) { v["views"] = []any{} })
	s.Gone("[data-testid=modal]", "")
	s.showForms(t, "form")
	s.See("[data-testid=modal]", "New conference")
	s.Until(`document.querySelector('.input-block[data-block=name] input').value === ''`)
}

func formsStack(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.showForms(t, "form", "list")
	s.See("[data-testid=modal]", "40 on the line")
	s.Gone("[data-testid=modal-submit]", "")
	s.Shot("private-list")
	s.Click("[data-testid=modal-back]", "")
	if diff := cmp.Diff(map[string]any{"user": ana, "view_id": "V0LIST0001", "clear": false}, s.sent(t, "/slack/act/close")); diff != "" {
		t.Errorf("back (-want +got):\n%s", diff)
	}
	s.Click("[data-testid=modal-x]", "")
	s.waitForMore(t, "/slack/act/close", 2)
	if got := s.posted("/slack/act/close")["clear"]; got != true {
		t.Errorf("the cross closes all: clear is %v", got)
	}
}

func formHoldsFocus(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.showForms(t, "form")
	s.Until(`document.activeElement?.closest('.input-block')?.dataset.block === 'name'`)
	browsertest.Eval[any](s.Page, `document.querySelector('[data-testid=modal-submit]').focus()`)
	s.Press(kb.Tab)
	s.Until(`document.activeElement?.dataset.testid === 'modal-x'`)
	s.Press(kb.Escape)
	if got := s.sent(t, "/slack/act/close")["view_id"]; got != "V0FORM0001" {
		t.Errorf("Escape closed %v", got)
	}
}

// A moderator who works by keyboard mutes one caller after the other: the row
// moves to the top and its button becomes another.
func focusKeepsItsPlace(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.showForms(t, "list")
	s.See("[data-testid=modal]", "40 on the line")
	s.Until(`document.activeElement?.closest('[data-testid=modal]')`) // the form has taken the focus
	browsertest.Eval[any](s.Page, `document.querySelector('[data-block=a38][data-action="participant.kick"]').focus()`)
	s.change("/slack/view", func(v map[string]any) {
		view := v["views"].([]any)[0].(map[string]any)
		all := view["blocks"].([]any)
		row := all[8].(map[string]any)
		row["elements"].([]any)[1].(map[string]any)["action_id"] = "participant.clear"
		view["hash"] = "2.b"
		view["blocks"] = slices.Concat(all[:3], all[7:9], all[3:7], all[9:])
	})
	s.Until(`document.activeElement?.dataset.action === 'participant.clear' && document.activeElement.dataset.block === 'a38'`)
	s.showForms(t)
	s.Gone("[data-testid=modal]", "")

	s.Click("[data-testid=open-thread]", "")
	s.See("[data-testid=thread]", "3. Unknown caller")
	browsertest.Eval[any](s.Page, `document.querySelector('[data-block="r.weekly.1.3"][data-action="participant.mute"]').focus()`)
	s.change("/slack/view", func(v map[string]any) { drawPanelAnew(v["messages"].(map[string]any)[team].([]any)) })
	s.Until(`document.activeElement?.dataset.action === 'participant.unmute' && document.activeElement.dataset.block === 'r.weekly.2.3'`)
}

// drawPanelAnew gives each row of the panel the block id of the next drawing,
// and caller 3 another button.
func drawPanelAnew(messages []any) {
	for _, m := range messages {
		blocks, _ := m.(map[string]any)["blocks"].([]any)
		for _, b := range blocks {
			block := b.(map[string]any)
			id, _ := block["block_id"].(string)
			number, isRow := strings.CutPrefix(id, "r.weekly.1.")
			if !isRow {
				continue
			}
			block["block_id"] = "r.weekly.2." + number
			if mute := block["elements"].([]any)[0].(map[string]any); number == "3" {
				mute["action_id"], mute["accessibility_label"] = "participant.unmute", "Unmute 3, Unknown caller"
			}
		}
	}
}

func composerHelps(t *testing.T, s *stage) {
	s.troubled = true
	s.open(t, ana, team, cardTS)
	s.Fill("[data-testid=composer]", "/co")
	s.See(".offers [role=option]", "create, people, mute")
	s.Shot("composer-offer")
	s.Press(kb.Tab)
	s.Until(`document.querySelector('[data-testid=composer]').value === '/conf '`)
	s.See(".composer-hint", "create, people, mute, announce, help")
	s.Press("help")
	s.Press(kb.Enter)
	if diff := cmp.Diff(map[string]any{"user": ana, "channel": team, "text": "/conf help"}, s.sent(t, "/slack/act/type")); diff != "" {
		t.Errorf("type (-want +got):\n%s", diff)
	}
	s.Until(`document.querySelector('[data-testid=composer]').value === ''`)
	s.answer("/slack/act/type", map[string]any{"ok": false, "error": "/conf is not supported in threads. Sorry!"})
	s.Say("[data-testid=thread-composer]", "/conf mute 3")
	s.See("[data-testid=refused]", "not supported in threads")
	s.Until(`document.querySelector('[data-testid=thread-composer]').value === '/conf mute 3'`)
	if got := s.posted("/slack/act/type")["thread_ts"]; got != cardTS {
		t.Errorf("thread_ts %v", got)
	}
}

func namesAreOffered(t *testing.T, s *stage) {
	s.open(t, ana, team, cardTS)
	s.Fill("[data-testid=thread-composer]", "@conf")
	s.See(".offers [role=option]", "@confbot")
	s.Press(kb.Tab)
	s.Press("mute 3 for @b")
	s.See(".offers [role=option]", "Bo Lin")
	s.Press(kb.Escape)
	s.Press(kb.Enter)
	if got := s.sent(t, "/slack/act/type")["text"]; got != "@confbot mute 3 for @b" {
		t.Errorf("text %q", got)
	}
}

func homeAndMessages(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.Click("[data-testid=side-row]", "confbot, Home")
	s.See("[data-testid=home]", "Live now")
	if got := s.sent(t, "/slack/act/home")["tab"]; got != "home" {
		t.Errorf("tab %v", got)
	}
	s.Shot("home")
	s.Click("[data-action='people.open']", "Who's on")
	want := map[string]any{"view_id": "V0HOME0001"}
	if diff := cmp.Diff(want, s.sent(t, "/slack/act/click")["container"]); diff != "" {
		t.Errorf("container (-want +got):\n%s", diff)
	}
	s.Click("[data-testid=tab-messages]", "Messages")
	s.See("[data-testid=message]", "starts in 5 minutes")
	s.See("[data-testid=closed]", "turned off")
}

func shortcutsAreOffered(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.Hover("[data-testid=message][data-ts='"+cardTS+"']", "")
	s.Click("[data-testid=message][data-ts='"+cardTS+"'] [data-testid=message-shortcuts]", "")
	s.Shot("message-shortcuts")
	s.Click("[role=menuitem]", "Manage conference")
	want := map[string]any{"user": ana, "callback_id": "conference.manage", "channel": team, "message_ts": cardTS}
	if diff := cmp.Diff(want, s.sent(t, "/slack/act/shortcut")); diff != "" {
		t.Errorf("message shortcut (-want +got):\n%s", diff)
	}
	s.Click("[data-testid=global-shortcuts]", "")
	s.Click("[role=menuitem]", "New conference")
	s.waitForMore(t, "/slack/act/shortcut", 2)
	if diff := cmp.Diff(map[string]any{"user": ana, "callback_id": "conference.new"}, s.posted("/slack/act/shortcut")); diff != "" {
		t.Errorf("global shortcut (-want +got):\n%s", diff)
	}
}

func payloadCanBeSeen(t *testing.T, s *stage) {
	s.open(t, ana, team)
	s.Hover("[data-testid=message][data-ts='"+cardTS+"']", "")
	s.Click("[data-testid=message][data-ts='"+cardTS+"'] [data-testid=payload-toggle]", "")
	s.See("[data-testid=payload]", `"action_id": "people.open"`)
	s.See("[data-testid=copy-builder]", "Copy for Block Kit Builder")
	browsertest.Eval[any](s.Page, `navigator.clipboard.writeText = async (text) => { window.copied = text; }`)
	s.Click("[data-testid=copy-builder]", "")
	s.Until(`Array.isArray(JSON.parse(window.copied).blocks)`)
	s.Shot("payload")
}
