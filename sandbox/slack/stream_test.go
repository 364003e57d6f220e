package slack

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"confbot/sandbox/slack/control"
)

func TestTheStreamShowsEachPersonTheirChangesAndResumes(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	before, err := r.people.View(r.ctx, ana)
	if err != nil {
		t.Fatal(err)
	}
	r.types(dev, board, "secret plans")
	r.must(r.call("chat.postEphemeral", obj{"channel": team, "user": bo, "text": "for Bo"}))
	r.must(r.call("chat.postMessage", obj{"channel": team, "text": "for all"}))
	enough := errors.New("seen")
	seen := func(user string, seq int64) string {
		var texts []string
		err := r.people.Follow(r.ctx, user, seq, nil, func(c control.Change) error {
			if c.Message != nil {
				texts = append(texts, c.Message.Text)
				if c.Message.Text == "for all" {
					return enough
				}
			}
			return nil
		})
		if !errors.Is(err, enough) {
			t.Errorf("follow: %v", err)
		}
		return strings.Join(texts, ", ")
	}
	for user, want := range map[string]string{
		ana: "secret plans, for all", bo: "for Bo, for all", hana: "for all", "": "secret plans, for Bo, for all",
	} {
		if got := seen(user, before.Seq); got != want {
			t.Errorf("%q saw %s, want %s", user, got, want)
		}
	}
}

func TestAScreenKeptUpFromTheStreamEqualsOneReadAfresh(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	kept, err := r.people.View(r.ctx, ana)
	if err != nil {
		t.Fatal(err)
	}
	parent := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "parent"})).ts()
	child := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "child", "thread_ts": parent})).ts()
	r.must(r.call("chat.update", obj{"channel": team, "ts": parent, "text": "edited", "blocks": []obj{actions("row", button("go", "1"))}}))
	r.must(r.call("chat.postEphemeral", obj{"channel": team, "user": ana, "text": "psst"}))
	gone := r.must(r.call("chat.postMessage", obj{"channel": general, "text": "gone"})).ts()
	r.must(r.call("chat.delete", obj{"channel": general, "ts": gone}))
	r.must(r.call("chat.delete", obj{"channel": team, "ts": parent}))
	r.must(r.call("chat.postMessage", obj{"channel": team, "text": "aside", "thread_ts": parent, "reply_broadcast": "true"}))
	r.must(r.call("chat.delete", obj{"channel": team, "ts": child}))
	r.open(app, modal("x", nil, input("name", "value", nil)))
	r.must(r.call("views.publish", obj{"user_id": ana, "view": obj{"type": "home", "blocks": []obj{{"type": "divider"}}}}))
	if _, err := r.people.Member(r.ctx, "read", ana, general); err != nil {
		t.Fatal(err)
	}
	fresh, err := r.people.View(r.ctx, ana)
	if err != nil {
		t.Fatal(err)
	}
	enough := errors.New("up to date")
	err = r.people.Follow(r.ctx, ana, kept.Seq, nil, func(c control.Change) error {
		if !kept.Apply(c) {
			t.Errorf("a change of kind %s cannot be applied", c.Kind)
		}
		if kept.Seq == fresh.Seq {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fresh, kept, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("kept screen (-read afresh +kept):\n%s", diff)
	}
}

func TestAStreamThatHasFallenBehindIsToldToReload(t *testing.T) {
	t.Parallel()
	c := newChanges()
	for range maxChanges + 10 {
		c.add(feedItem{change: control.Change{Kind: "clock"}})
	}
	if _, _, reload, _ := c.after(3, ana); !reload {
		t.Error("what is gone was not noticed")
	}
	if items, newest, reload, _ := c.after(10, ana); reload || len(items) != maxChanges || newest != maxChanges+10 {
		t.Errorf("%d items up to %d, reload %v", len(items), newest, reload)
	}
	if _, _, reload, _ := c.after(1_000_000, ana); !reload {
		t.Error("a sequence number from another life was not noticed")
	}
}

func TestStopEndsStreamsWhereverControlIsMounted(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	elsewhere := httptest.NewServer(http.StripPrefix("/slack", r.Control()))
	defer elsewhere.Close()
	ready, ended := make(chan struct{}), make(chan error, 1)
	people := control.New(elsewhere.URL+"/slack", nil)
	go func() {
		ended <- people.Follow(r.ctx, ana, -1, func() { close(ready) }, func(control.Change) error { return nil })
	}()
	<-ready
	if err := r.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, io.EOF) {
		t.Errorf("the stream ended with %v, want its end", err)
	}
}
