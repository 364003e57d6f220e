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
		{Kind: "status", Status: 502}, {Kind: "status", Status: 503}, {Kind: "status", Status: 504}, {Kind: "status", Status: 429, RetryAfter: 1},
		{Kind: "reset"}, {Kind: "truncated"}, {Kind: "html"},
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
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := l.Participants(ctx, made.ID)
	wantError(t, err, conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
	wantError(t, l.Act(ctx, made.ID, "1", conference.Mute), conference.Error{Kind: conference.Unavailable, Reason: conference.Busy})
	ctx, cancel = context.WithTimeout(t.Context(), 50*time.Millisecond)
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
	_, _ = c.Participants(t.Context(), "c")
	_ = c.Delete(t.Context(), "c")
	if a, b := <-ids, <-ids; a == "" || a == b {
		t.Errorf("request ids %q and %q", a, b)
	}
	if got := []seen{<-observed, <-observed}; got[0] != (seen{"participants.list", 404}) || got[1] != (seen{"conferences.delete", 404}) {
		t.Errorf("observed %v", got)
	}
}
