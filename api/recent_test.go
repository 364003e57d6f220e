package api

import (
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"confbot/conference"
	"confbot/sandbox/audian"
)

func TestManyWhoAskAtOnceShareAReadingOfEachConference(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		reads := map[string]int{}
		c := newClient(t, "http://audian.test", Token("t", "a"), WithTransport(transport(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			reads[r.URL.Path]++
			mu.Unlock()
			<-time.After(time.Second)
			return reply(http.StatusOK, `{"data":{"id":"a","name":"Board","member_pins":["482913"]}}`), nil
		})))
		book := NewBook(c, 0)
		ask := func(id conference.ID) {
			if got, err := book.Recent(t.Context(), id, 20*time.Second); err != nil || len(got.MemberPINs) != 1 {
				t.Errorf("%s: %v, %v", id, got, err)
			}
		}
		var asking sync.WaitGroup
		for range 100 {
			asking.Go(func() { ask("a") })
			asking.Go(func() { ask("b") })
		}
		asking.Wait()
		<-time.After(15 * time.Second)
		ask("a")
		mu.Lock()
		for path, n := range reads {
			if n != 1 {
				t.Errorf("%s was read %d times", path, n)
			}
		}
		if len(reads) != 2 {
			t.Errorf("read %v", reads)
		}
		mu.Unlock()
		<-time.After(10 * time.Second)
		ask("a")
		if n := reads["/accounts/a/conferences/a"]; n != 2 {
			t.Errorf("an old reading still serves: %v", reads)
		}
	})
}

func TestASharedReadingIsNeverFromBeforeAChange(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	book, ctx := NewBook(l.Client, 0), t.Context()
	made := must[conference.Conference](t)(book.Create(ctx, conference.Settings{Name: new("Board"), MemberPINs: pins("482133")}))
	for _, pin := range []string{"906127", "557301"} {
		must[conference.Conference](t)(book.Recent(ctx, made.ID, time.Minute))
		must[conference.Conference](t)(book.Update(ctx, made.ID, conference.Settings{MemberPINs: pins(pin)}))
		got := must[conference.Conference](t)(book.Recent(ctx, made.ID, time.Minute))
		if len(got.MemberPINs) != 1 || got.MemberPINs[0] != conference.NewPIN(pin) {
			t.Errorf("after the change to %s another PIN is read", pin)
		}
	}
	if err := book.Delete(ctx, made.ID); err != nil {
		t.Fatal(err)
	}
	wantError(t, second(book.Recent(ctx, made.ID, time.Minute)), conference.Error{Kind: conference.NotFound, Reason: conference.NoConference})
}
