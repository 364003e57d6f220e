package api

import (
	"net/http"
	"testing"

	"confbot/conference"
	"confbot/sandbox/audian"
)

// A stock Kazoo stores and echoes the PINs of Audian's page, and asks nobody
// for them.
func TestPINsThatProtectNothingAreNotBelieved(t *testing.T) {
	t.Parallel()
	for _, keep := range []audian.Switch{audian.On, audian.Off} {
		l := onSandbox(t, audian.Options{Dialect: audian.Kazoo, KeepExtras: keep})
		mark := l.mark()
		made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board"), MemberPINs: pins("482133"), ModeratorPINs: pins("771204")}))
		if made.PINProof != conference.Proven || l.truth(made.ID).Truth.Open || l.dial(made.ID, "") {
			t.Errorf("extras %s: proof %d, truth %+v, asked %v", keep, made.PINProof, l.truth(made.ID).Truth, l.asked(mark))
		}
		if l.truth(made.ID).Truth.MemberMuted {
			t.Error("members arrive muted")
		}
	}
}

func TestAConferenceWithFlatPINsOnKazooReadsAsUnproven(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{Dialect: audian.Kazoo})
	id, err := l.sim.AddConference(audian.ConferenceSpec{Name: "Made elsewhere", Extra: map[string]any{"member_pins": []any{"482133"}}})
	if err != nil {
		t.Fatal(err)
	}
	if !l.dial(conference.ID(id), "") {
		t.Fatal("the sandbox should let everybody in")
	}
	got := must[conference.Conference](t)(l.Get(t.Context(), conference.ID(id)))
	if got.PINProof != conference.Unproven || digits(got.MemberPINs) != "482133" {
		t.Errorf("proof %d, PINs %q", got.PINProof, digits(got.MemberPINs))
	}
	// Setting it again writes both spellings.
	got = must[conference.Conference](t)(l.Update(t.Context(), conference.ID(id), conference.Settings{MemberPINs: pins("906127")}))
	if got.PINProof != conference.Proven || l.dial(conference.ID(id), "") || !l.dial(conference.ID(id), "906127") {
		t.Errorf("proof %d, truth %+v", got.PINProof, l.truth(conference.ID(id)))
	}
	if flat, _ := l.truth(conference.ID(id)).Document["member_pins"].([]any); len(flat) != 1 || flat[0] != "906127" {
		t.Errorf("the other spelling says %v", flat)
	}
}

func TestPINsThatCannotBeReadBackAreUnproven(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	l.fault(audian.Fault{Match: "GET /conferences/*", Kind: "status", Status: http.StatusInternalServerError})
	made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board"), MemberPINs: pins("482133")}))
	if made.ID == "" || made.PINProof != conference.Unproven || digits(made.MemberPINs) != "482133" || made.Name != "Board" {
		t.Errorf("%+v", made)
	}
}

// Created in the page's spelling, and the second writing fails: it is there,
// and it is open.
func TestAConferenceThatCouldNotBeProtectedSaysSo(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{Dialect: audian.Kazoo})
	l.fault(audian.Fault{Match: "POST /conferences/*", Kind: "status", Status: http.StatusInternalServerError})
	made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board"), MemberPINs: pins("482133")}))
	if made.ID == "" || made.PINProof != conference.Unproven || !l.truth(made.ID).Truth.Open {
		t.Errorf("%+v, truth %+v", made, l.truth(made.ID).Truth)
	}
}

func TestAKnownKazooIsWrittenRightTheFirstTime(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{Dialect: audian.Kazoo})
	if _, err := l.Create(t.Context(), conference.Settings{Name: new("First"), MemberPINs: pins("482133")}); err != nil {
		t.Fatal(err)
	}
	mark := l.mark()
	made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Second"), MemberPINs: pins("906127"), Profile: new("default")}))
	if got := l.asked(mark); len(got) != 2 || made.PINProof != conference.Proven {
		t.Errorf("asked %v, proof %d", got, made.PINProof)
	}
}

// Whoever translates between the two is free to send the other spelling back.
func TestTheAccountsSpellingIsLearntAnew(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{Dialect: audian.Kazoo})
	if _, err := l.Create(t.Context(), conference.Settings{Name: new("First"), MemberPINs: pins("482133")}); err != nil {
		t.Fatal(err)
	}
	if err := l.sim.Configure(func(o *audian.Options) { o.Dialect = audian.Seed }); err != nil {
		t.Fatal(err)
	}
	made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Second"), MemberPINs: pins("906127"), Profile: new("default")}))
	if l.truth(made.ID).Truth.Open {
		t.Errorf("open, and said to be %d", made.PINProof)
	}
}

func TestKeysThatNobodyKnowsSurviveAChange(t *testing.T) {
	t.Parallel()
	eachDialect(t, func(t *testing.T, o audian.Options) {
		o.KeepExtras = audian.On
		l := onSandbox(t, o)
		extra := map[string]any{"x_badge": map[string]any{"deep": []any{"1", true}}, "owner_id": "0123456789abcdef0123456789abcdef", "flags": []any{"blue"}, "language": "de-de"}
		id, err := l.sim.AddConference(audian.ConferenceSpec{Name: "Board", MemberPINs: []string{"482133"}, ModeratorPINs: []string{"771204"}, MaxMembers: 12, Extra: extra})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Update(t.Context(), conference.ID(id), conference.Settings{Name: new("Boards"), MemberPINs: pins("906127")}); err != nil {
			t.Fatal(err)
		}
		doc := l.truth(conference.ID(id)).Document
		for key := range extra {
			if doc[key] == nil {
				t.Errorf("%s is gone", key)
			}
		}
		if truth := l.truth(conference.ID(id)).Truth; truth.MaxMembers != 12 || len(truth.ModeratorPINs) != 1 || truth.ModeratorPINs[0] != "771204" {
			t.Errorf("other settings changed: %+v", truth)
		}
		if doc["id"] != nil && doc["id"] != id {
			t.Errorf("id became %v", doc["id"])
		}
	})
}
