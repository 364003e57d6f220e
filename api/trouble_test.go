package api

import (
	"testing"

	"confbot/conference"
	"confbot/sandbox/audian"
)

func TestWhatAFaultMeansForAWish(t *testing.T) {
	t.Parallel()
	unsure := conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}
	for _, tt := range []struct {
		name  string
		fault audian.Fault
		want  conference.Error
		asked int // attempts
	}{
		{"crash", audian.Fault{Kind: "status", Status: 500}, unsure, 1},
		{"done, then crash", audian.Fault{Kind: "status_after", Status: 502}, unsure, 1},
		{"cut", audian.Fault{Kind: "reset"}, unsure, 1},
		{"done, then cut", audian.Fault{Kind: "reset_after"}, unsure, 1},
		{"broken off", audian.Fault{Kind: "truncated"}, unsure, 1},
		{"garbage", audian.Fault{Kind: "garbage"}, unsure, 1},
		{"a page", audian.Fault{Kind: "html"}, unsure, 1},
		{"forbidden", audian.Fault{Kind: "status", Status: 403}, conference.Error{Kind: conference.Denied, Reason: conference.NotAllowed}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := onSandbox(t, audian.Options{})
			made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Standup")}))
			if _, err := l.sim.AddCaller(string(made.ID), audian.CallerSpec{Name: "Alice"}); err != nil {
				t.Fatal(err)
			}
			alice := must[[]conference.Participant](t)(l.Participants(t.Context(), made.ID))[0]
			tt.fault.Match = "POST /conferences/*/participants/*"
			l.fault(tt.fault)
			mark := l.mark()
			wantError(t, l.Act(t.Context(), made.ID, alice.ID, conference.Mute), tt.want)
			if got := l.asked(mark); len(got) != tt.asked {
				t.Errorf("asked %v, want %d attempts", got, tt.asked)
			}
		})
	}
}

func TestReadsAreRepeatedAndWritesAreNot(t *testing.T) {
	t.Parallel()
	for _, fault := range []audian.Fault{
		{Kind: "status", Status: 502},
		{Kind: "status", Status: 503},
		{Kind: "status", Status: 504},
		{Kind: "status", Status: 429, RetryAfter: 1},
		{Kind: "reset"},
		{Kind: "truncated"},
		{Kind: "html"},
	} {
		t.Run(fault.Kind, func(t *testing.T) {
			t.Parallel()
			l := onSandbox(t, audian.Options{})
			fault.Match, fault.Times = "GET /conferences", 1
			l.fault(fault)
			if _, err := l.List(t.Context()); err != nil {
				t.Errorf("one fault is not survived: %v", err)
			}
			if got := l.asked(0); len(got) != 3 { // login, fault, list
				t.Errorf("asked %v", got)
			}
		})
	}
	t.Run("a write after 429", func(t *testing.T) {
		t.Parallel()
		l := onSandbox(t, audian.Options{})
		l.fault(audian.Fault{Match: "PUT /conferences", Kind: "status", Status: 429, Times: 1})
		if _, err := l.Create(t.Context(), conference.Settings{Name: new("Standup")}); err != nil {
			t.Error(err)
		}
	})
	t.Run("in the end it is an error", func(t *testing.T) {
		t.Parallel()
		l := onSandbox(t, audian.Options{})
		l.fault(audian.Fault{Match: "GET /conferences", Kind: "reset"})
		_, err := l.List(t.Context())
		wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
		// Go's transport adds one of its own where a kept connection breaks.
		if got := l.asked(0); len(got) < 2+maxRetries || len(got) > 3+maxRetries {
			t.Errorf("asked %v", got)
		}
	})
}

func TestACreateWithoutAnAnswerIsLookedForAndNotMadeTwice(t *testing.T) {
	t.Parallel()
	for _, o := range []audian.Options{{Dialect: audian.Seed}, {Dialect: audian.Kazoo}} {
		for _, kind := range []string{"reset_after", "status_after", "truncated"} {
			l := onSandbox(t, o)
			l.fault(audian.Fault{Match: "PUT /conferences", Kind: kind, Times: 1})
			made, err := l.Create(t.Context(), conference.Settings{Name: new("Board"), MemberPINs: pins("482133")})
			if err != nil || made.ID == "" || made.PINProof != conference.Proven || l.truth(made.ID).Truth.Open {
				t.Errorf("%s %s: %v %+v", o.Dialect, kind, err, made)
			}
			if n := len(l.sim.State().Conferences); n != 1 {
				t.Errorf("%s %s: %d conferences", o.Dialect, kind, n)
			}
		}
	}
	l := onSandbox(t, audian.Options{})
	l.fault(audian.Fault{Match: "PUT /conferences", Kind: "reset", Times: 1})
	_, err := l.Create(t.Context(), conference.Settings{Name: new("Board"), MemberPINs: pins("482133")})
	wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true})
}

func TestAnUpdateWithoutAnAnswerIsReadAgain(t *testing.T) {
	t.Parallel()
	for kind, certain := range map[string]bool{"reset_after": true, "status_after": true, "truncated": true, "reset": false} {
		l := onSandbox(t, audian.Options{})
		made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board"), MemberPINs: pins("482133")}))
		l.fault(audian.Fault{Match: "POST /conferences/*", Kind: kind, Times: 1})
		got, err := l.Update(t.Context(), made.ID, conference.Settings{Name: new("Boards"), MemberPINs: pins("906127")})
		if certain && (err != nil || got.Name != "Boards" || got.PINProof != conference.Proven) {
			t.Errorf("%s: %v %+v", kind, err, got)
		}
		if !certain {
			wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true})
		}
	}
}

func TestASuccessThatSaysNothingIsLookedInto(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board"), MemberPINs: pins("482133")}))
	unsure := conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}
	l.fault(audian.Fault{Match: "POST /conferences/*", Kind: "empty"})
	wantError(t, second(l.Update(t.Context(), made.ID, conference.Settings{Name: new("Boards")})), unsure)
	if same, err := l.Update(t.Context(), made.ID, conference.Settings{Name: new("Board")}); err != nil || same.Name != "Board" {
		t.Errorf("%v %+v", err, same)
	}
	wantError(t, second(l.Update(t.Context(), made.ID, conference.Settings{MemberPINs: pins("906127")})), unsure)
	l.fault(audian.Fault{Match: "PUT /conferences", Kind: "empty"})
	wantError(t, second(l.Create(t.Context(), conference.Settings{Name: new("New"), MemberPINs: pins("771204")})), unsure)
}

func TestAChangeMadeInBetweenIsReadAndAppliedOn(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board"), MemberPINs: pins("482133")}))
	l.fault(audian.Fault{Match: "POST /conferences/*", Kind: "status", Status: 409, Times: 1})
	if got, err := l.Update(t.Context(), made.ID, conference.Settings{Name: new("Boards")}); err != nil || got.Name != "Boards" {
		t.Errorf("%v %+v", err, got)
	}
	l.fault(audian.Fault{Match: "POST /conferences/*", Kind: "status", Status: 409})
	_, err := l.Update(t.Context(), made.ID, conference.Settings{Name: new("Bored")})
	wantError(t, err, conference.Error{Kind: conference.Conflict, Reason: conference.ChangedSince})
}

func TestADeleteWithoutAnAnswerIsRepeated(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"reset", "reset_after", "status_after", "truncated", "garbage"} {
		l := onSandbox(t, audian.Options{DeleteStatus: 200})
		made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board")}))
		l.fault(audian.Fault{Match: "DELETE /conferences/*", Kind: kind, Times: 1})
		if err := l.Delete(t.Context(), made.ID); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if n := len(must[[]conference.Conference](t)(l.List(t.Context()))); n != 0 {
			t.Errorf("%s: %d left", kind, n)
		}
	}
}
