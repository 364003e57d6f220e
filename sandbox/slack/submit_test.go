package slack

import (
	"net/http"
	"testing"

	"confbot/sandbox/slack/control"
)

func TestASubmissionComesToWhatTheAckSays(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	form := modal("ask", obj{"private_metadata": "where"}, input("name", "value", nil))
	id := asString(r.open(app, form)["id"])

	out, e := r.submitting(app, id, text("bad"), obj{"response_action": "errors", "errors": obj{"name": "Taken."}})
	if out.OK || out.Errors["name"] != "Taken." {
		t.Errorf("errors came to %+v", out)
	}
	state := asObj(asObj(asObj(asObj(e.payload["view"])["state"])["values"])["name"])["value"]
	if got := string(encode(state)); got != `{"type":"plain_text_input","value":"bad"}` || e.str("view", "private_metadata") != "where" {
		t.Errorf("state = %s, view = %s", got, encode(e.payload["view"]))
	}
	next := modal("ask2", nil, input("name", "value", nil))
	if out, _ = r.submitting(app, id, text("better"), obj{"response_action": "update", "view": next}); out.View == nil || out.View.CallbackID != "ask2" {
		t.Errorf("update came to %+v", out)
	} else if got := string(out.View.State.Values["name"]["value"]); got != `{"type":"plain_text_input","value":"better"}` {
		t.Errorf("after an update with the same ids the input holds %s", got)
	}
	if out, _ = r.submitting(app, id, nil, obj{"response_action": "push", "view": form}); out.View == nil || out.View.PreviousViewID != id {
		t.Errorf("push came to %+v", out)
	}
	if out, _ = r.submitting(app, out.View.ID, text("x"), nil); !out.OK {
		t.Errorf("an empty ack came to %+v", out)
	}
	r.sees(ana, func(s *control.Screen) bool { return len(s.Views) == 1 && s.Top().ID == id })
	if out, _ = r.submitting(app, id, nil, obj{"response_action": "clear"}); !out.OK {
		t.Errorf("clear came to %+v", out)
	}
	r.sees(ana, func(s *control.Screen) bool { return len(s.Views) == 0 })
}

func TestAnAnswerToASubmissionThatSlackCannotUseIsTrouble(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	form := modal("ask", nil, input("name", "value", nil), actions("row", button("x", "")))
	id := asString(r.open(app, form)["id"])
	for name, ack := range map[string]any{
		"an error for no block":            obj{"response_action": "errors", "errors": obj{"other": "x"}},
		"an error for a block of buttons":  obj{"response_action": "errors", "errors": obj{"row": "x"}},
		"no errors":                        obj{"response_action": "errors"},
		"an invalid view":                  obj{"response_action": "update", "view": obj{"type": "modal"}},
		"an unknown action":                obj{"response_action": "explode"},
		"a message instead of an answer":   obj{"text": "hello"},
		"not an object":                    "hello",
		"App Home in the place of a modal": obj{"response_action": "push", "view": obj{"type": "home", "blocks": []obj{}}},
	} {
		if out, _ := r.submitting(app, id, text("x"), ack); out.OK || out.Error != "trouble" {
			t.Errorf("%s came to %+v, want trouble", name, out)
		}
	}
	screen, err := r.people.View(r.ctx, ana)
	if err != nil || screen.Top() == nil || screen.Noticed("trouble") == nil {
		t.Errorf("the form should stay and Ana be told: %+v, %v", screen.Notices, err)
	}
}

func TestASubmissionWithoutAnAckIsTroubleAfterThreeSeconds(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	id := asString(r.open(app, modal("ask", nil, input("name", "value", nil)))["id"])
	results := make(chan *control.Submitted, 1)
	go func() {
		out, err := r.people.Submit(r.ctx, control.Submission{User: ana, ViewID: id, Values: text("x")})
		if err != nil {
			t.Error(err)
		}
		results <- out
	}()
	app.envelope("interactive")
	if _, err := r.people.Submit(r.ctx, control.Submission{User: ana, ViewID: id}); !refusedWith(err, http.StatusConflict) {
		t.Errorf("submitting twice at once: %v, want 409", err)
	}
	r.advance(ackDeadline)
	if out := <-results; out == nil || out.Error != "trouble" {
		t.Errorf("came to %+v", out)
	}
}

func TestSlacksClientChecksInputsItself(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	el := func(kind string, more obj) obj {
		e := obj{"type": kind, "action_id": "value"}
		for k, v := range more {
			e[k] = v
		}
		return obj{"element": e}
	}
	for name, c := range map[string]struct {
		block obj
		value string
		ok    bool
	}{
		"required, empty":        {obj{}, "", false},
		"optional, empty":        {obj{"optional": true}, "", true},
		"too short":              {el("plain_text_input", obj{"min_length": 3}), "ab", false},
		"too long":               {el("plain_text_input", obj{"max_length": 3}), "abcd", false},
		"number":                 {el("number_input", obj{"is_decimal_allowed": false}), "12", true},
		"not a number":           {el("number_input", obj{"is_decimal_allowed": false}), "twelve", false},
		"not a whole number":     {el("number_input", obj{"is_decimal_allowed": false}), "1.5", false},
		"number below the least": {el("number_input", obj{"is_decimal_allowed": true, "min_value": "2"}), "1.5", false},
		"number above the most":  {el("number_input", obj{"is_decimal_allowed": true, "max_value": "2"}), "2.5", false},
		"email":                  {el("email_text_input", nil), "a@b.example", true},
		"not an email":           {el("email_text_input", nil), "a at b", false},
		"URL":                    {el("url_text_input", nil), "https://a.example", true},
		"not a URL":              {el("url_text_input", nil), "a.example", false},
	} {
		id := asString(r.open(app, modal("ask", nil, input("name", "value", c.block)))["id"])
		if c.ok {
			if out, _ := r.submitting(app, id, text(c.value), nil); !out.OK {
				t.Errorf("%s came to %+v, want it sent", name, out)
			}
			continue
		}
		out, err := r.people.Submit(r.ctx, control.Submission{User: ana, ViewID: id, Values: text(c.value)})
		if err != nil || out.Errors["name"] == "" || len(app.in) > 0 {
			t.Errorf("%s came to %+v, %v; want an error without asking the app", name, out, err)
		}
	}
}
