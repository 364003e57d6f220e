package api

import (
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"confbot/conference"
	"confbot/sandbox/audian"
)

func TestListsTooLongForOneAnswerArePaged(t *testing.T) {
	t.Parallel()
	for _, d := range []audian.Dialect{audian.Seed, audian.Kazoo} {
		l := onSandbox(t, audian.Options{Dialect: d, MaxUnpaged: 50})
		for i := range 230 {
			if _, err := l.sim.AddConference(audian.ConferenceSpec{Name: "Room " + strconv.Itoa(i)}); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			mark := l.mark()
			if all := must[[]conference.Conference](t)(l.List(t.Context())); len(all) != 230 {
				t.Errorf("%s: %d of 230, asked %v", d, len(all), l.asked(mark))
			}
		}
	}
}

func TestPagesThatNeverEndAreAnError(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	c := onHandler(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"data":[{"id":"a","name":"A"}],"next_start_key":"`+strings.Repeat("k", int(n.Add(1)))+`","status":"success"}`)
	})
	_, err := c.List(t.Context())
	wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
	if n.Load() != maxPages {
		t.Errorf("%d pages read", n.Load())
	}
}

func TestNothingWasChangedWhereNobodyListens(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	c := newClient(t, "http://"+addr, Token("t", "a"))
	wantError(t, c.Act(t.Context(), "c", "p", conference.Mute), conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
	wantError(t, c.Delete(t.Context(), "c"), conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
	if _, err := c.LastAnswer(); err == nil {
		t.Error("health says that all is well")
	}
}

func TestAHungAudianEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board")}))
	l.fault(audian.Fault{Match: "*", Kind: "hang"})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := l.Participants(ctx, made.ID)
	wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
	wantError(t, l.Act(ctx, made.ID, "1", conference.Mute), conference.Error{Kind: conference.Unavailable, Reason: conference.Busy})
	ctx, cancel = context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	wantError(t, l.Act(ctx, made.ID, "1", conference.Mute), conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true})
}

func TestAHungAudianEndsWithoutADeadlineToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hung := transport(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		c := newClient(t, "http://audian.test", Token("t", "a"), WithTransport(hung))
		start := time.Now()
		_, err := c.Participants(t.Context(), "c")
		wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
		if took := time.Since(start); took != readTimeout {
			t.Errorf("took %v", took)
		}
	})
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	var followed atomic.Bool
	c := onHandler(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/elsewhere") {
			followed.Store(true)
		}
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	})
	_, err := c.Get(t.Context(), "c")
	wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
	wantError(t, c.Delete(t.Context(), "c"), conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
	if followed.Load() {
		t.Error("the token went elsewhere")
	}
}

func TestAnAnswerThatIsTooBigIsRefused(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	c := onHandler(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = io.WriteString(w, `{"data":"`)
		chunk := strings.Repeat("x", 1<<20)
		for range 9 {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
		}
	})
	_, err := c.Get(t.Context(), "c")
	wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestEveryCallCarriesARequestIDAndIsObserved(t *testing.T) {
	t.Parallel()
	type seen struct {
		verb   string
		status int
	}
	observed := make(chan seen, 8)
	ids := make(chan string, 8)
	c := onHandler(t, func(w http.ResponseWriter, r *http.Request) {
		ids <- r.Header.Get("X-Request-ID")
		w.WriteHeader(http.StatusNotFound)
	}, WithObserver(func(verb string, status int, took time.Duration) {
		if took < 0 {
			t.Error("negative time")
		}
		observed <- seen{verb, status}
	}))
	_, _ = c.Get(t.Context(), "c")
	_ = c.Delete(t.Context(), "c")
	if a, b := <-ids, <-ids; a == "" || a == b {
		t.Errorf("request ids %q and %q", a, b)
	}
	if got := []seen{<-observed, <-observed}; got[0] != (seen{"conferences.get", 404}) || got[1] != (seen{"conferences.delete", 404}) {
		t.Errorf("observed %v", got)
	}
}

func TestIDsAndPageKeysAreEscaped(t *testing.T) {
	t.Parallel()
	paths := make(chan string, 4)
	c := onHandler(t, func(w http.ResponseWriter, r *http.Request) {
		paths <- r.URL.EscapedPath() + " " + r.URL.Query().Get("start_key")
		next := `"next_start_key":"?>+/="`
		if r.URL.Query().Get("start_key") != "" {
			next = `"status":"success"`
		}
		_, _ = io.WriteString(w, `{"data":[{"id":"a","name":"A"}],`+next+`}`)
	})
	_, _ = c.Participants(t.Context(), "a/../b?c#d é{account}")
	if got := <-paths; got != "/accounts/acct/conferences/a%2F..%2Fb%3Fc%23d%20%C3%A9%7Baccount%7D/participants " {
		t.Errorf("path %s", got)
	}
	for _, id := range []conference.ID{"", ".", ".."} {
		wantError(t, c.Delete(t.Context(), id), conference.Error{Kind: conference.NotFound, Reason: conference.NoConference})
		wantError(t, c.Act(t.Context(), "c", conference.ParticipantID(id), conference.Mute), conference.Error{Kind: conference.NotFound, Reason: conference.NoParticipant})
	}
	_, _ = c.List(t.Context())
	if first, then := <-paths, <-paths; first != "/accounts/acct/conferences " || then != "/accounts/acct/conferences ?>+/=" {
		t.Errorf("pages %q and %q", first, then)
	}
}

func TestHealthTellsTroubleFromAnAnswer(t *testing.T) {
	t.Parallel()
	status := make(chan int, 8)
	c := onHandler(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(<-status) })
	if at, err := c.LastAnswer(); !at.IsZero() || err != nil {
		t.Errorf("before the first call: %v %v", at, err)
	}
	status <- http.StatusNotFound
	_ = c.Delete(t.Context(), "c")
	at, err := c.LastAnswer()
	if at.IsZero() || err != nil {
		t.Errorf("a refusal is an answer: %v %v", at, err)
	}
	status <- http.StatusInternalServerError
	_, _ = c.Get(t.Context(), "c")
	if now, err := c.LastAnswer(); !now.Equal(at) || err == nil {
		t.Errorf("after a crash: %v %v", now, err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, _ = c.Get(gone, "c")
	status <- http.StatusNoContent
	_ = c.Delete(t.Context(), "c")
	if now, err := c.LastAnswer(); !now.After(at) || err != nil {
		t.Errorf("well again: %v %v", now, err)
	}
}
