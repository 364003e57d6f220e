package api

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
	"confbot/sandbox/audian"
)

func TestAConferenceLivesFromCreateToDelete(t *testing.T) {
	t.Parallel()
	eachDialect(t, func(t *testing.T, o audian.Options) {
		l := onSandbox(t, o)
		ctx := t.Context()
		made := must[conference.Conference](t)(l.Create(ctx, conference.Settings{
			Name: new("Weekly <sync> & more"), MemberPINs: pins("048213"), ModeratorPINs: pins("907755"), MaxMembers: new(25), Profile: new("default"),
			EntryTone: new(true), ExitTone: new(false),
		}))
		if made.ID == "" || made.Name != "Weekly <sync> & more" || made.MaxMembers != 25 || made.Profile != "default" {
			t.Errorf("created %+v", made)
		}
		if digits(made.MemberPINs) != "048213" || digits(made.ModeratorPINs) != "907755" || made.PINProof != conference.Proven {
			t.Errorf("PINs %q and %q, proof %d", digits(made.MemberPINs), digits(made.ModeratorPINs), made.PINProof)
		}
		truth := l.truth(made.ID).Truth
		if truth.Open || truth.MemberMuted || truth.MaxMembers != 25 || truth.Profile != "default" {
			t.Errorf("phones meet %+v", truth)
		}
		if l.dial(made.ID, "") || l.dial(made.ID, "111111") || !l.dial(made.ID, "048213") {
			t.Error("the member PIN does not decide who gets in")
		}

		got := must[conference.Conference](t)(l.Get(ctx, made.ID))
		if diff := cmp.Diff(made, got, cmp.AllowUnexported(conference.PIN{})); diff != "" && got.Locked == made.Locked {
			t.Errorf("read again (-created +read):\n%s", diff)
		}
		all := must[[]conference.Conference](t)(l.List(ctx))
		if len(all) != 1 || all[0].ID != made.ID || all[0].Name != made.Name {
			t.Errorf("list: %+v", all)
		}

		renamed := must[conference.Conference](t)(l.Update(ctx, made.ID, conference.Settings{Name: new("Retro"), MaxMembers: new(40)}))
		if renamed.Name != "Retro" || renamed.MaxMembers != 40 || digits(renamed.MemberPINs) != "048213" || renamed.PINProof != conference.Proven {
			t.Errorf("renamed: %+v", renamed)
		}
		if truth := l.truth(made.ID).Truth; truth.Open || truth.MaxMembers != 40 {
			t.Errorf("after renaming, phones meet %+v", truth)
		}
		rotated := must[conference.Conference](t)(l.Update(ctx, made.ID, conference.Settings{MemberPINs: pins("556677", "048213")}))
		if digits(rotated.MemberPINs) != "048213 556677" || digits(rotated.ModeratorPINs) != "907755" || rotated.PINProof != conference.Proven {
			t.Errorf("rotated: %q, %q, proof %d", digits(rotated.MemberPINs), digits(rotated.ModeratorPINs), rotated.PINProof)
		}
		opened := must[conference.Conference](t)(l.Update(ctx, made.ID, conference.Settings{MemberPINs: pins(), ModeratorPINs: pins()}))
		if opened.PINProof != conference.Open || !l.truth(made.ID).Truth.Open {
			t.Errorf("opened: proof %d, truth %+v", opened.PINProof, l.truth(made.ID).Truth)
		}

		if err := l.Delete(ctx, made.ID); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{
			"get":    second(l.Get(ctx, made.ID)),
			"update": second(l.Update(ctx, made.ID, conference.Settings{Name: new("x")})),
			"delete": l.Delete(ctx, made.ID),
		} {
			if conference.ReasonOf(err) != conference.NoConference {
				t.Errorf("%s after delete: %v", what, err)
			}
		}
	})
}

func TestPeopleAreReadAndActedOn(t *testing.T) {
	t.Parallel()
	eachDialect(t, func(t *testing.T, o audian.Options) {
		l := onSandbox(t, o)
		ctx := t.Context()
		made := must[conference.Conference](t)(l.Create(ctx, conference.Settings{Name: new("Standup"), MemberPINs: pins("482133")}))
		if nobody := must[[]conference.Participant](t)(l.Participants(ctx, made.ID)); len(nobody) != 0 {
			t.Errorf("idle conference has %d people", len(nobody))
		}
		for _, spec := range []audian.CallerSpec{{Name: "Alice", Number: "+14155550111"}, {Name: "Bob", Number: "1007", Muted: true, Deaf: true}, {Name: "", Number: "anonymous"}} {
			if _, err := l.sim.AddCaller(string(made.ID), spec); err != nil {
				t.Fatal(err)
			}
		}
		people := must[[]conference.Participant](t)(l.Participants(ctx, made.ID))
		if len(people) != 3 {
			t.Fatalf("%d people, want 3", len(people))
		}
		alice, bob := byName(t, people, "Alice"), byName(t, people, "Bob")
		if alice.Number.Full() != "+14155550111" || alice.Muted || alice.Deaf || alice.Joined.IsZero() {
			t.Errorf("Alice: %+v", alice)
		}
		if !bob.Muted || !bob.Deaf {
			t.Errorf("Bob: %+v", bob)
		}

		for _, what := range []conference.Action{conference.Mute, conference.Deaf, conference.Unmute, conference.Undeaf} {
			if err := l.Act(ctx, made.ID, alice.ID, what); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if now := byName(t, must[[]conference.Participant](t)(l.Participants(ctx, made.ID)), "Alice"); !what.Done(now) {
				t.Errorf("after %s: %+v", what, now)
			}
			if err := l.Act(ctx, made.ID, alice.ID, what); err != nil {
				t.Errorf("%s once more: %v", what, err)
			}
		}
		mark := l.mark()
		if err := l.Act(ctx, made.ID, bob.ID, conference.Kick); err != nil {
			t.Fatal(err)
		}
		if asked := l.asked(mark); len(asked) > 2 {
			t.Errorf("a kick took %v", asked)
		}
		if left := must[[]conference.Participant](t)(l.Participants(ctx, made.ID)); len(left) != 2 {
			t.Errorf("%d people after the kick, want 2", len(left))
		}
		mark = l.mark()
		if err := l.Act(ctx, made.ID, alice.ID, conference.Mute); err != nil || len(l.asked(mark)) != 1 {
			t.Errorf("the method that works is not remembered: %v, %v", l.asked(mark), err)
		}
		if err := l.Act(ctx, made.ID, bob.ID, conference.Kick); err != nil {
			t.Errorf("kicking somebody who is gone: %v", err)
		}
	})
}

func TestSomebodyWhoIsGoneCannotBeMuted(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Standup")}))
	err := l.Act(t.Context(), made.ID, "part_99", conference.Mute)
	wantError(t, err, conference.Error{Kind: conference.NotFound, Reason: conference.NoParticipant})
}

func TestLockingWhereItIsOffered(t *testing.T) {
	t.Parallel()
	eachDialect(t, func(t *testing.T, o audian.Options) {
		l := onSandbox(t, o)
		made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Standup"), MemberPINs: pins("482133")}))
		if !l.dial(made.ID, "482133") {
			t.Fatal("cannot dial in")
		}
		err := l.Lock(t.Context(), made.ID, true)
		if o.Dialect == audian.Seed {
			wantError(t, err, conference.Error{Kind: conference.Denied, Reason: conference.Unsupported})
			return
		}
		if err != nil || !l.truth(made.ID).Locked {
			t.Fatalf("lock: %v, locked %t", err, l.truth(made.ID).Locked)
		}
		if now := must[conference.Conference](t)(l.Get(t.Context(), made.ID)); now.Locked == nil || !*now.Locked {
			t.Errorf("read as locked: %v", now.Locked)
		}
		if err := l.Lock(t.Context(), made.ID, false); err != nil || l.truth(made.ID).Locked {
			t.Errorf("unlock: %v", err)
		}
	})
}

func byName(t *testing.T, people []conference.Participant, name string) conference.Participant {
	t.Helper()
	for _, p := range people {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("%s is not among %v", name, people)
	return conference.Participant{}
}

func second[T any](_ T, err error) error { return err }
