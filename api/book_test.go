package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
	"confbot/sandbox/audian"
)

func namesOf(list []conference.Conference) []string {
	out := make([]string, 0, len(list))
	for _, c := range list {
		out = append(out, c.Name)
	}
	return out
}

func TestNamesAreFoundHoweverTheyAreTyped(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{UnorderedLists: true})
	book := NewBook(l.Client, 0)
	for _, name := range []string{"Weekly sync", "Weekly  Sync", "Bi-weekly", "Team weekly", "Standup", "Retro: Q3", "conf_id_taken"} {
		if _, err := l.sim.AddConference(audian.ConferenceSpec{ID: "id-" + name, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.sim.AddConference(audian.ConferenceSpec{ID: "conf_id_taken", Name: "Zed"}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		text        string
		exact, part []string
	}{
		{"standup", []string{"Standup"}, []string{}},
		{" STANDUP ", []string{"Standup"}, []string{}},
		{"stаndup", []string{"Standup"}, []string{}}, // a Cyrillic а
		{"weekly sync", []string{"Weekly  Sync", "Weekly sync"}, []string{}},
		{"weekly", []string{}, []string{"Weekly  Sync", "Weekly sync", "Team weekly", "Bi-weekly"}},
		{"conf_id_taken", []string{"Zed"}, []string{}},
		{"q3", []string{}, []string{"Retro: Q3"}},
		{"nothing like it", []string{}, []string{}},
		{"", []string{}, []string{}},
	} {
		exact, part, err := book.Named(t.Context(), tt.text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]string{tt.exact, tt.part}, [][]string{namesOf(exact), namesOf(part)}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestWritesAreSeenByTheNextLookup(t *testing.T) {
	t.Parallel()
	eachDialect(t, func(t *testing.T, o audian.Options) {
		l := onSandbox(t, o)
		book, ctx := NewBook(l.Client, 0), t.Context()
		if all := must[[]conference.Conference](t)(book.All(ctx)); len(all) != 0 {
			t.Fatalf("%d conferences", len(all))
		}
		made := must[conference.Conference](t)(book.Create(ctx, conference.Settings{Name: new("Board"), MemberPINs: pins("482133")}))
		if got := must[conference.Conference](t)(book.ByID(ctx, made.ID)); got.Name != "Board" {
			t.Errorf("after create: %+v", got)
		}
		for pin, want := range map[string]bool{"482133": true, "906127": false} {
			if taken := must[bool](t)(book.PINTaken(ctx, conference.NewPIN(pin), "")); taken != want {
				t.Errorf("PIN %s taken: %t", pin, taken)
			}
		}
		if must[bool](t)(book.PINTaken(ctx, conference.NewPIN("482133"), made.ID)) {
			t.Error("a conference's own PIN is taken by itself")
		}
		must[conference.Conference](t)(book.Update(ctx, made.ID, conference.Settings{Name: new("Boards")}))
		if exact, _, err := book.Named(ctx, "boards"); err != nil || len(exact) != 1 {
			t.Errorf("after update: %v %v", exact, err)
		}
		if fresh := must[conference.Conference](t)(book.Fresh(ctx, made.ID)); fresh.PINProof != conference.Proven {
			t.Errorf("fresh: %+v", fresh)
		}
		if err := book.Delete(ctx, made.ID); err != nil {
			t.Fatal(err)
		}
		wantError(t, second(book.ByID(ctx, made.ID)), conference.Error{Kind: conference.NotFound, Reason: conference.NoConference})
	})
}

func TestWhatAudianKnowsNoMoreIsGoneFromTheListAtOnce(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	book, ctx := NewBook(l.Client, time.Hour), t.Context()
	made := must[conference.Conference](t)(book.Create(ctx, conference.Settings{Name: new("Board")}))
	other := must[conference.Conference](t)(book.Create(ctx, conference.Settings{Name: new("Retro")}))
	must[conference.Conference](t)(book.ByID(ctx, made.ID))
	if err := l.Delete(ctx, made.ID); err != nil { // elsewhere
		t.Fatal(err)
	}
	gone := conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	must[conference.Conference](t)(book.ByID(ctx, made.ID))
	wantError(t, second(book.Fresh(ctx, made.ID)), gone)
	wantError(t, second(book.ByID(ctx, made.ID)), gone)
	if all := must[[]conference.Conference](t)(book.All(ctx)); len(all) != 1 || all[0].ID != other.ID {
		t.Errorf("listed %v", namesOf(all))
	}
}

func TestAThousandLookupsInAMinuteCostTwoReadsAtMost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		reads := 0
		c := newClient(t, "http://audian.test", Token("t", "a"), WithRate(5, 20), WithTransport(transport(func(*http.Request) (*http.Response, error) {
			reads++
			return reply(http.StatusOK, `{"data":[{"id":"a","name":"Board"},{"id":"b","name":"Retro"}]}`), nil
		})))
		book := NewBook(c, 0)
		<-time.After(17 * time.Second)
		for i := range 1000 {
			if _, err := book.ByID(t.Context(), "a"); err != nil {
				t.Fatal(err)
			}
			if _, _, err := book.Named(t.Context(), fmt.Sprintf("nothing %d", i)); err != nil {
				t.Fatal(err)
			}
			<-time.After(60 * time.Millisecond)
		}
		synctest.Wait()
		if reads > 2 {
			t.Errorf("%d reads", reads)
		}
	})
}

func TestWhatIsNewIsFoundEvenInAnOldList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		body := `{"data":[{"id":"a","name":"Board"}]}`
		c := newClient(t, "http://audian.test", Token("t", "a"), WithTransport(transport(func(*http.Request) (*http.Response, error) {
			return reply(http.StatusOK, body), nil
		})))
		book := NewBook(c, time.Minute)
		_, _ = book.All(t.Context())
		body = `{"data":[{"id":"a","name":"Board"},{"id":"b","name":"Made elsewhere"}]}`
		<-time.After(2 * time.Minute)
		if exact, _, err := book.Named(t.Context(), "made elsewhere"); err != nil || len(exact) != 1 {
			t.Errorf("%v %v", exact, err)
		}
	})
}

func TestWhatWasMadeElsewhereAMomentAgoIsFoundInAFreshList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		body, reads := `{"data":[{"id":"a","name":"Board"}]}`, 0
		c := newClient(t, "http://audian.test", Token("t", "a"), WithTransport(transport(func(*http.Request) (*http.Response, error) {
			reads++
			return reply(http.StatusOK, body), nil
		})))
		book := NewBook(c, time.Minute)
		_, _ = book.All(t.Context())
		body = `{"data":[{"id":"a","name":"Board"},{"id":"b","name":"Made elsewhere"}]}`
		<-time.After(2 * missedAfter)
		if exact, _, err := book.Named(t.Context(), "made elsewhere"); err != nil || len(exact) != 1 || reads != 2 {
			t.Errorf("%v %v after %d reads", exact, err, reads)
		}
	})
}

func TestOldNamesAreFoundWhileAudianIsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		up := true
		c := newClient(t, "http://audian.test", Token("t", "a"), WithTransport(transport(func(*http.Request) (*http.Response, error) {
			if !up {
				return reply(http.StatusServiceUnavailable, `<html>`), nil
			}
			return reply(http.StatusOK, `{"data":[{"id":"a","name":"Board"}]}`), nil
		})))
		book := NewBook(c, time.Minute)
		if _, ok := book.ReadAt(); ok {
			t.Error("read before it was read")
		}
		_, _ = book.All(t.Context())
		read := time.Now()
		up = false
		<-time.After(3 * time.Hour)
		if got, err := book.ByID(t.Context(), "a"); err != nil || got.Name != "Board" {
			t.Errorf("%v %v", got, err)
		}
		if at, ok := book.ReadAt(); !ok || !at.Equal(read) {
			t.Errorf("read at %v, want %v", at, read)
		}
		if at, err := book.LastAnswer(); err == nil || !at.Equal(read) {
			t.Errorf("last answer %v, %v", at, err)
		}
	})
}

func TestWhatABookGivesBelongsToTheCaller(t *testing.T) {
	t.Parallel()
	c := onHandler(t, answering(200, `{"data":[{"id":"a","name":"Board","member_pins":["482133"],"play_entry_tone":true,"conference_numbers":["7"]}]}`))
	book := NewBook(c, 0)
	for range 2 {
		got := must[conference.Conference](t)(book.ByID(t.Context(), "a"))
		if digits(got.MemberPINs) != "482133" || !*got.EntryTone || got.Numbers[0] != "7" {
			t.Fatalf("%+v", got)
		}
		got.MemberPINs[0], *got.EntryTone, got.Numbers[0] = conference.NewPIN("1"), false, "8"
	}
}

func BenchmarkLookup(b *testing.B) {
	for _, size := range []int{10, 10_000} {
		var body strings.Builder
		body.WriteString(`{"data":[`)
		for i := range size {
			if i > 0 {
				body.WriteByte(',')
			}
			fmt.Fprintf(&body, `{"id":"conf_%d","name":"Room %d","member_pins":["%06d"]}`, i, i, i)
		}
		body.WriteString(`]}`)
		c, err := New("http://audian.test", Token("t", "a"), WithTransport(transport(func(*http.Request) (*http.Response, error) {
			return reply(http.StatusOK, body.String()), nil
		})))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(c.Close)
		book := NewBook(c, time.Hour)
		id, name := conference.ID(fmt.Sprintf("conf_%d", size-3)), fmt.Sprintf("ROOM %d", size-3)
		b.Run(fmt.Sprintf("by id, %d conferences", size), func(b *testing.B) {
			for b.Loop() {
				if _, err := book.ByID(b.Context(), id); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("by name, %d conferences", size), func(b *testing.B) {
			for b.Loop() {
				if exact, _, err := book.Named(b.Context(), name); err != nil || len(exact) != 1 {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("by part of a name, %d conferences", size), func(b *testing.B) {
			for b.Loop() {
				if _, part, err := book.Named(b.Context(), "oom 3"); err != nil || len(part) == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
