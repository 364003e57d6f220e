package commands

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"confbot/announce"
	"confbot/blocks"
)

// entered is what the inputs of a drawn form hold before anybody touches them.
func entered(t *testing.T, v blocks.View) State {
	t.Helper()
	type option struct{ Value string }
	var drawn []struct {
		BlockID string `json:"block_id"`
		Element struct {
			ActionID       string   `json:"action_id"`
			InitialValue   string   `json:"initial_value"`
			InitialDate    string   `json:"initial_date"`
			InitialTime    string   `json:"initial_time"`
			Conversation   string   `json:"initial_conversation"`
			Channel        string   `json:"initial_channel"`
			InitialOption  option   `json:"initial_option"`
			InitialOptions []option `json:"initial_options"`
		}
	}
	if err := json.Unmarshal([]byte(asJSON(v.Blocks)), &drawn); err != nil {
		t.Fatal(err)
	}
	s := State{}
	for _, b := range drawn {
		if e := b.Element; e.ActionID != "" {
			f := Field{Value: e.InitialValue + e.InitialDate + e.InitialTime + e.Conversation + e.Channel + e.InitialOption.Value}
			for _, o := range e.InitialOptions {
				f.Values = append(f.Values, o.Value)
			}
			s[b.BlockID] = map[string]Field{e.ActionID: f}
		}
	}
	return s
}

// fillIn changes one input of a form.
func fillIn(s State, block string, values ...string) {
	for action := range s[block] {
		s[block][action] = Field{Value: values[0], Values: values}
	}
}

// opened is a form that a reply shows: what it holds and what it remembers.
func opened(t *testing.T, r Reply, callback string) (State, blocks.Meta) {
	t.Helper()
	wantForm(t, r, callback)
	m, err := blocks.ParseMeta(r.View.Meta)
	if err != nil {
		t.Fatal(err)
	}
	return entered(t, *r.View), m
}

func (w *world) announceForm(user string) (State, blocks.Meta) {
	w.t.Helper()
	return opened(w.t, w.types(user, teamCh, "announce Weekly sync"), blocks.FormAnnounce)
}

func TestEachFieldOfTheAnnounceFormSaysWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		more   bool
		change func(State)
		block  string
		says   string
	}{
		"no conference":  {false, func(s State) { fillIn(s, blocks.InConference, "") }, blocks.InConference, "Choose a conference."},
		"no channel":     {false, func(s State) { fillIn(s, blocks.InChannel, "") }, blocks.InChannel, "Choose a channel."},
		"no day":         {false, func(s State) { s[blocks.InDays][blocks.InDays] = Field{} }, blocks.InDays, "Choose at least one day."},
		"no date":        {false, func(s State) { fillIn(s, blocks.InDate, "") }, blocks.InDate, "I couldn't read that."},
		"no lead":        {false, func(s State) { fillIn(s, blocks.InLead, "soon") }, blocks.InLead, "I couldn't read that."},
		"lead too long":  {false, func(s State) { fillIn(s, blocks.InLead, "1000") }, blocks.InLead, "12 hours at most"},
		"in the past":    {false, func(s State) { fillIn(s, blocks.InRepeat, blocks.RepeatOnce); fillIn(s, blocks.InDate, "2001-01-01") }, blocks.InDate, "That's in the past."},
		"no such date":   {false, func(s State) { fillIn(s, blocks.InRepeat, blocks.RepeatDate); fillIn(s, blocks.InDate, "2030-01-30") }, blocks.InDate, "Not every month has that day."},
		"a PIN":          {true, func(s State) { fillIn(s, blocks.InWords, "The PIN is 482913") }, blocks.InWords, "Leave PINs out"},
		"a long message": {true, func(s State) { fillIn(s, blocks.InWords, strings.Repeat("\u2063€", 800)) }, blocks.InWords, "too long"},
		"ends first":     {true, func(s State) { fillIn(s, blocks.InUntil, "2001-01-01") }, blocks.InUntil, "ends before it begins"},
		"no such end":    {true, func(s State) { fillIn(s, blocks.InUntil, "never") }, blocks.InUntil, "I couldn't read that."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			s, m := w.announceForm(ana)
			if test.more {
				r := w.saw(w.desk.Click(t.Context(), Click{
					Origin: w.from(ana, ""), ActionID: blocks.AnnounceMore, State: s,
					View: &ViewRef{ID: "V1", CallbackID: blocks.FormAnnounce, Meta: blocks.EncodeMeta(m)},
				}))
				s, m = opened(t, r, blocks.FormAnnounce)
			}
			test.change(s)
			answer, _ := w.sends(ana, blocks.FormAnnounce, m, s)
			if got := answer.Errors[test.block]; !strings.Contains(got, test.says) || len(answer.Errors) != 1 {
				t.Errorf("errors %v, want %q at %s", answer.Errors, test.says, test.block)
			}
		})
	}
}

func TestThePreviewLiesOnTopOfTheFormAndStartsIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s, m := w.announceForm(ana)
	fillIn(s, blocks.InDays, "mon")
	fillIn(s, blocks.InDate, "2030-01-07")
	answer, r := w.sends(ana, blocks.FormAnnounce, m, s)
	if !answer.Push || answer.View == nil {
		t.Errorf("answered with %+v, want a form on top", answer)
	}
	wantForm(t, r, blocks.FormPreview, "Every Monday at 09:30", "09:25", "This is what the channel will see")
	if r.View.Close != "Back" || r.View.Submit != "Start announcing" || strings.Contains(formText(r), blocks.AnnounceChange) {
		t.Errorf("%q and %q, want Back to lead to the form", r.View.Submit, r.View.Close)
	}
	_, pm := opened(t, r, blocks.FormPreview)
	answer, r = w.sends(ana, blocks.FormPreview, pm, nil)
	if !answer.Clear {
		t.Error("the forms stay open")
	}
	wantText(t, r, "Weekly sync will be announced every Monday at 09:25")
	if r.Channel != teamCh {
		t.Errorf("said in %q, want where the form was opened from", r.Channel)
	}
	// Back, and the same form once more: still one announcement.
	_, r = w.sends(ana, blocks.FormAnnounce, m, s)
	_, pm = opened(t, r, blocks.FormPreview)
	w.sends(ana, blocks.FormPreview, pm, nil)
	if all := w.listed(); len(all) != 1 {
		t.Errorf("%d announcements, want 1", len(all))
	}
}

func TestWhereNothingFitsOnTopThePreviewTakesTheFormsPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s, m := w.announceForm(ana)
	sub := Submission{Origin: w.from(ana, ""), State: s, View: ViewRef{
		ID: "V3", RootID: "V1", Previous: "V2", CallbackID: blocks.FormAnnounce, Meta: blocks.EncodeMeta(m),
	}}
	if answer := w.desk.CheckForm(sub); answer.Push || answer.View == nil {
		t.Errorf("answered with %+v, want a form in the same place", answer)
	}
	r := w.saw(w.desk.Submit(t.Context(), sub))
	_, pm := opened(t, r, blocks.FormPreview)
	if r.View.Close != "Cancel" {
		t.Errorf("closing says %q", r.View.Close)
	}
	r = w.pressesIn(ana, blocks.FormPreview, pm, blocks.AnnounceChange, "preview.change", "")
	again, _ := opened(t, r, blocks.FormAnnounce)
	if got, want := again[blocks.InDate], s[blocks.InDate]; !maps.EqualFunc(got, want, func(a, b Field) bool { return a.Value == b.Value }) {
		t.Errorf("First date is %v, want %v", got, want)
	}
}

// TestEditingKeepsWhatWasNotChanged sends the form as it was opened: whatever
// the rule, nothing may be different afterwards.
func TestEditingKeepsWhatWasNotChanged(t *testing.T) {
	t.Parallel()
	for _, phrase := range []string{
		"every day at 9", "every weekday at 9:25 for 9:30", "every monday at 9:30", "every mon, wed and fri at 14:00, 7 minutes before",
		"every 2 weeks on tuesday at 10:00", "every 3 weeks on tuesday at 10:00, 5 times", "every 3 days at 9", "first monday of the month at 11:00",
		"every month on the 5th at 9", "every 2 months on the 5th at 9", "every month on the last day at 9", "every 15 minutes", "every hour 5 times",
		"every monday at 9:30 until 2040-03-01", "every monday at 9:30, 5 times", "every monday at 23:55 for 0:05", "on 2040-01-04 at 9:00",
		"in 20 minutes", "every weekday at 9 in America/New_York", "last friday of the month at 16:00 in Europe/Berlin, 90 minutes before",
	} {
		t.Run(phrase, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			r := w.types(ana, teamCh, "announce Weekly sync "+phrase)
			w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
			before := w.listed()[0]
			w.clock = w.clock.Add(time.Minute) // time goes on
			s, m := opened(t, w.pressesOwn(ana, teamCh, blocks.AnnounceEdit, "", string(before.ID)), blocks.FormAnnounce)
			answer, r := w.sends(ana, blocks.FormAnnounce, m, s)
			if len(answer.Errors) > 0 {
				t.Fatalf("errors %v", answer.Errors)
			}
			_, pm := opened(t, r, blocks.FormPreview)
			if r.View.Submit != "Save" {
				t.Errorf("the button says %q", r.View.Submit)
			}
			w.sends(ana, blocks.FormPreview, pm, nil)
			after := w.listed()
			if len(after) != 1 || after[0].Revision == before.Revision {
				t.Fatalf("nothing was saved: %+v", after)
			}
			got, want := after[0].Rule, before.Rule
			if got.Describe() != want.Describe() || got.Lead != want.Lead || got.Timed != want.Timed || !got.Exact.Equal(want.Exact) {
				t.Errorf("now %s, lead %v, timed %v, %v\nwas %s, lead %v, timed %v, %v",
					got.Describe(), got.Lead, got.Timed, got.Exact, want.Describe(), want.Lead, want.Timed, want.Exact)
			}
		})
	}
}

func TestEditingChangesOnlyWhatIsEntered(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		phrase string
		change func(State)
		want   string // as Phrase says it
	}{
		"the time of a rule that the form cannot say": {
			"every 3 weeks on tuesday at 10:00 from 2040-01-03, 5 times, 7 minutes before",
			func(s State) { fillIn(s, blocks.InTime, "11:15") },
			"every 3 weeks on tuesday at 11:15, 7 minutes before in UTC from 2040-01-03 5 times",
		},
		"another choice instead of it": {
			"every 3 weeks on tuesday at 10:00 from 2040-01-03, 5 times",
			func(s State) { fillIn(s, blocks.InRepeat, blocks.RepeatDay) },
			"every day at 10:00 in UTC from 2040-01-03",
		},
		"the start becomes known": {
			"every day at 10:00 from 2040-01-03",
			func(s State) { fillIn(s, blocks.InLead, "10") },
			"every day at 10:00, 10 minutes before in UTC from 2040-01-03",
		},
		"a later beginning": {
			"every 3 weeks on tuesday at 10:00 from 2040-01-03",
			func(s State) { fillIn(s, blocks.InDate, "2040-02-01") },
			"every 3 weeks on tuesday at 10:00 in UTC from 2040-02-07",
		},
		"every month on this date": {
			"every monday at 9 from 2040-01-02",
			func(s State) { fillIn(s, blocks.InRepeat, blocks.RepeatDate); fillIn(s, blocks.InDate, "2040-01-31") },
			"every last day of the month at 09:00 in UTC from 2040-01-31",
		},
		"all seven days": {
			"every monday at 9 from 2040-01-02",
			func(s State) { fillIn(s, blocks.InDays, "mon", "tue", "wed", "thu", "fri", "sat", "sun") },
			"every day at 09:00 in UTC from 2040-01-02",
		},
		"no end any more": {
			"every monday at 9 from 2040-01-02 until 2040-03-01",
			func(s State) { fillIn(s, blocks.InUntil, "") },
			"every monday at 09:00 in UTC from 2040-01-02",
		},
		"another place": {
			"every monday at 9 from 2040-01-02",
			func(s State) { fillIn(s, blocks.InZone, "Asia/Kolkata") },
			"every monday at 09:00 in Asia/Kolkata from 2040-01-02",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			r := w.types(ana, teamCh, "announce Weekly sync "+test.phrase)
			w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
			s, m := opened(t, w.pressesOwn(ana, teamCh, blocks.AnnounceEdit, "", string(w.listed()[0].ID)), blocks.FormAnnounce)
			test.change(s)
			_, r = w.sends(ana, blocks.FormAnnounce, m, s)
			_, pm := opened(t, r, blocks.FormPreview)
			w.sends(ana, blocks.FormPreview, pm, nil)
			if got := w.listed()[0].Rule.Phrase(); got != test.want {
				t.Errorf("now %q, want %q", got, test.want)
			}
		})
	}
}

func TestChangingATypedDraftKeepsItAndItsPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(ana, teamCh, "announce Weekly sync every 3 weeks on tuesday at 10:00 until 2040-03-01")
	confirm := buttonValue(t, r, blocks.AnnounceConfirm, 0)
	r = w.pressesOwn(ana, teamCh, blocks.AnnounceChange, "", buttonValue(t, r, blocks.AnnounceChange, 0))
	wantForm(t, r, blocks.FormAnnounce, "As it is: every 3 weeks on Tuesday", "At that time, without saying when it starts", "2040-03-01")
	s, m := opened(t, r, blocks.FormAnnounce)
	_, r = w.sends(ana, blocks.FormAnnounce, m, s)
	_, pm := opened(t, r, blocks.FormPreview)
	w.sends(ana, blocks.FormPreview, pm, nil)
	w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", confirm) // the typed one's button is still there
	all := w.listed()
	if len(all) != 1 || !strings.HasPrefix(all[0].Rule.Phrase(), "every 3 weeks on tuesday at 10:00 in UTC") || all[0].Rule.EndWords() != "until 1 March 2040" {
		t.Errorf("announced %d: %s", len(all), all[0].Rule.Phrase())
	}
}

func TestNowStaysNowUnlessATimeIsChosen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(ana, teamCh, "announce Weekly sync now")
	r = w.pressesOwn(ana, teamCh, blocks.AnnounceChange, "", buttonValue(t, r, blocks.AnnounceChange, 0))
	s, m := opened(t, r, blocks.FormAnnounce)
	_, kept := w.sends(ana, blocks.FormAnnounce, m, s)
	wantForm(t, kept, blocks.FormPreview, "Now, at ")
	fillIn(s, blocks.InRepeat, blocks.RepeatOnce)
	fillIn(s, blocks.InDate, "2040-01-04")
	fillIn(s, blocks.InLead, "5")
	_, later := w.sends(ana, blocks.FormAnnounce, m, s)
	wantForm(t, later, blocks.FormPreview, "On Wednesday, 4 January 2040 at 09:30")
}

func TestARuleIsSayableOnlyIfTheFormSaysAllOfIt(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]bool{
		"every day at 9": true, "every weekday at 9": true, "every monday at 9": true, "every 2 weeks on monday at 9": true,
		"first monday of the month at 9": true, "every month on the 5th at 9": true, "tomorrow at 9": true, "every monday at 9 until 2040-01-01": true,
		"now": false, "every 3 weeks on monday at 9": false, "every monday at 9, 5 times": false, "every 2 days at 9": false,
		"every hour": false, "every 2 months on the 5th at 9": false,
	} {
		rule, err := announce.Parse(phrase, time.Now(), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, got := repeatOf(rule, rule.First); got != want {
			t.Errorf("%s: sayable %v, want %v", phrase, got, want)
		}
	}
}

func TestEditingWhatWasDeletedMeanwhileIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(ana, teamCh, "announce Weekly sync every monday at 9")
	w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	l := w.listed()[0]
	s, m := opened(t, w.pressesOwn(ana, teamCh, blocks.AnnounceEdit, "", string(l.ID)), blocks.FormAnnounce)
	_, r = w.sends(ana, blocks.FormAnnounce, m, s)
	_, pm := opened(t, r, blocks.FormPreview)
	w.must(w.desk.announcements.Delete(t.Context(), l.ID))
	_, r = w.sends(ana, blocks.FormPreview, pm, nil)
	wantText(t, r, "That announcement is over or was deleted.")
	_, r = w.sends(ana, blocks.FormAnnounce, m, s)
	wantForm(t, r, blocks.FormText, "That announcement is over or was deleted.")
	if n := len(w.listed()); n != 0 {
		t.Errorf("%d announcements: it came back", n)
	}
}

func TestAnEditIntoASharedChannelIsMeant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ch := w.slack.channels[other]
	ch.Shared = true
	w.slack.channels[other] = ch
	r := w.types(bo, teamCh, "announce Weekly sync every monday at 9")
	w.pressesOwn(bo, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	s, m := opened(t, w.pressesOwn(ana, teamCh, blocks.AnnounceEdit, "", string(w.listed()[0].ID)), blocks.FormAnnounce)
	fillIn(s, blocks.InChannel, other)
	_, r = w.sends(ana, blocks.FormAnnounce, m, s)
	wantForm(t, r, blocks.FormPreview, "shared with another organisation")
	_, pm := opened(t, r, blocks.FormPreview)
	w.sends(ana, blocks.FormPreview, pm, nil)
	l := w.listed()[0]
	if trouble, _, err := w.desk.BeforePost(t.Context(), l.Announcement); l.Channel != other || trouble != "" || err != nil {
		t.Errorf("in %s it meets %q, %v", l.Channel, trouble, err)
	}
}
