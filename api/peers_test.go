package api

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"confbot/conference"
)

// peer is an Audian that answers with these bodies, by method and path below
// the account; to all else it says 404.
func peer(t *testing.T, answers map[string]string) *Client {
	t.Helper()
	return onHandler(t, func(w http.ResponseWriter, r *http.Request) {
		_, path, _ := strings.Cut(r.URL.Path, "/conferences")
		body, ok := answers[r.Method+" "+path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, body)
	})
}

func TestAnIdleConferenceMayHaveNoListOfPeople(t *testing.T) {
	t.Parallel()
	c := peer(t, map[string]string{"GET /idle": `{"data":{"id":"idle","name":"Board"}}`})
	if people, err := c.Participants(t.Context(), "idle"); err != nil || len(people) != 0 {
		t.Errorf("%v, %d people, want nobody", err, len(people))
	}
	_, err := c.Participants(t.Context(), "gone")
	wantError(t, err, conference.Error{Kind: conference.NotFound, Reason: conference.NoConference})
}

func TestABareOKIsASuccess(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`ok`, `"ok"`, "OK\n", `{"data":"ok"}`, ``} {
		c := peer(t, map[string]string{"POST /c/participants/p": body, "DELETE /c": body})
		if err := c.Act(t.Context(), "c", "p", conference.Mute); err != nil {
			t.Errorf("%q: %v", body, err)
		}
		if err := c.Delete(t.Context(), "c"); err != nil {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestConferencesAreReadFromOtherWrappings(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"data":[{"id":"c","name":"Board"}]}`, `{"data":{"conferences":[{"id":"c","name":"Board"}]}}`, `{"data":{"c":{"id":"c","name":"Board"}}}`,
	} {
		c := peer(t, map[string]string{"GET ": body, "GET /c": `{"data":{"conference":{"id":"c","name":"Board"}}}`})
		all, err := c.List(t.Context())
		if err != nil || len(all) != 1 || all[0].Name != "Board" {
			t.Errorf("%s: %v, %+v", body, err, all)
		}
		if one, err := c.Get(t.Context(), "c"); err != nil || one.Name != "Board" {
			t.Errorf("%v, %+v", err, one)
		}
	}
}

func TestTheAccountIsFoundWhereverALoginTellsIt(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"auth_token":"t","data":{"account_id":"acc"}}`, `{"auth_token":"t","account_id":"acc","data":{}}`, `{"data":{"auth_token":"t","account_id":"acc"}}`,
		`{"auth_token":"e30.eyJhY2NvdW50X2lkIjoiYWNjIn0.x","data":{}}`,
	} {
		c := newClient(t, "http://audian.test", Key("k"), WithTransport(transport(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/api_auth") {
				return reply(http.StatusOK, body), nil
			}
			return reply(http.StatusOK, `{"data":[]}`), nil
		})))
		if err := c.Check(t.Context()); err != nil || c.AccountID() != "acc" {
			t.Errorf("%s: account %q, error %v", body, c.AccountID(), err)
		}
	}
}

func TestNobodyWaitsLongForALoginThatKeepsFailing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, "http://audian.test", Key("k"), WithTransport(transport(func(*http.Request) (*http.Response, error) {
			return nil, io.ErrUnexpectedEOF
		})))
		for range 100 {
			_ = c.Check(t.Context())
			<-time.After(time.Second)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		wantError(t, c.Check(ctx), conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
		if took := time.Since(start); took > 3*loginPatience {
			t.Errorf("said after %v", took)
		}
	})
}
