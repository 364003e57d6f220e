package commands

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

var manyDigits = regexp.MustCompile(`\d{7,}`)

// check holds every reply to what must be true of all.
func (w *world) check(r Reply) {
	w.t.Helper()
	w.replies = append(w.replies, r)
	messages := map[string][]blocks.Message{}
	if r.Private != nil {
		messages["private"] = append(messages["private"], *r.Private)
	}
	if r.Behind != nil {
		messages["behind"] = append(messages["behind"], *r.Behind)
	}
	for _, l := range r.Lines {
		messages["line"] = append(messages["line"], l.Message)
	}
	for _, p := range r.Posts {
		messages["post"] = append(messages["post"], p.Message)
	}
	for _, d := range r.Direct {
		messages["direct"] = append(messages["direct"], d.Message)
	}
	for kind, list := range messages {
		for _, m := range list {
			if m.Text == "" {
				w.t.Errorf("a %s message has no text", kind)
			}
			drawn := m.Text + asJSON(m.Blocks)
			w.noSecret(kind, m.Text, false)
			for id := range secretPINs {
				if pin := w.moderatorPIN(id); pin != "" && strings.Contains(drawn, pin) {
					w.t.Errorf("a %s message shows a moderator PIN: %s", kind, m.Text)
				}
			}
		}
	}
	if r.Err != nil {
		w.noSecret("error", r.Err.Error(), true)
	}
	if r.View != nil {
		w.noSecret("private_metadata", r.View.Meta, true)
		for _, b := range r.View.Blocks {
			w.noSecret("block id", b.ID(), true)
		}
	}
}

func (w *world) moderatorPIN(id conference.ID) string {
	c, err := w.audian.ByID(context.Background(), id)
	if err != nil {
		return ""
	}
	return conference.FirstPIN(c.ModeratorPINs).Digits()
}

// noSecret fails the test when a text holds a caller's whole number or, with
// pins, a PIN of the account.
func (w *world) noSecret(where, text string, pins bool) {
	w.t.Helper()
	for _, p := range phones {
		if strings.Contains(text, strings.TrimPrefix(p, "+")) && !w.showsPN {
			w.t.Errorf("%s holds a whole number: %s", where, text)
		}
	}
	if !pins {
		return
	}
	for _, pin := range w.allPINs() {
		if strings.Contains(text, pin) {
			w.t.Errorf("%s holds a PIN: %s", where, text)
		}
	}
}

// allPINs is every PIN that a test has seen.
func (w *world) allPINs() []string {
	all, _ := w.audian.All(context.Background())
	for _, c := range all {
		for _, p := range slices.Concat(c.MemberPINs, c.ModeratorPINs) {
			if !p.Empty() && !slices.Contains(w.pins, p.Digits()) {
				w.pins = append(w.pins, p.Digits())
			}
		}
	}
	return w.pins
}

// finish looks for secrets in what was written down and logged.
func (w *world) finish() {
	defer func() { _ = w.store.Close() }()
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	w.audian.onLook = nil
	w.noSecret("the log", w.log.b.String(), true)
	for _, row := range w.audit() {
		row.ID, row.At = "", time.Time{} // digits that happen to be anything
		w.noSecret("an audit row", fmt.Sprintf("%+v", row), true)
		if manyDigits.MatchString(row.Target + row.Detail) {
			w.t.Errorf("an audit row holds a long number: %+v", row)
		}
	}
}

// audit is every audit row there is, oldest first.
func (w *world) audit() []store.Audit {
	ids := []conference.ID{"", "conf_new1", "conf_new2"}
	for id := range secretPINs {
		ids = append(ids, id)
	}
	var rows []store.Audit
	for _, id := range ids {
		r, err := w.store.AuditOf(context.Background(), id, "", 1000)
		if err != nil {
			w.t.Error(err)
		}
		rows = append(rows, r...)
	}
	slices.SortFunc(rows, func(a, b store.Audit) int { return strings.Compare(a.ID, b.ID) })
	return rows
}

// deeds is the audit as "who did what to whom: outcome".
func (w *world) deeds() []string {
	var out []string
	for _, r := range w.audit() {
		s := r.User + " " + r.Action
		if r.Target != "" {
			s += " " + r.Target
		}
		out = append(out, s+": "+r.Outcome)
	}
	return out
}
