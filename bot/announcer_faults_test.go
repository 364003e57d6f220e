package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"confbot/announce"
	sandbox "confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
)

// faulty has the next posts go wrong.
func (y *yard) faulty(f control.Fault) {
	y.t.Helper()
	f.Method = "chat.postMessage"
	if _, err := y.people.AddFaults(y.ctx, f); err != nil {
		y.t.Fatal(err)
	}
}

func TestAPostWhoseAnswerIsLostIsFoundInsteadOfPostedAgain(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{Manifest: historyManifest(t)}).run()
	out := y.bot.Announcer(noticeDesk{}, idle)
	a, o := due(teamRoom)
	y.faulty(control.Fault{Kind: "reset_after", Times: 1})
	if got := fmt.Sprintf("%+v", out.Post(y.ctx, a, o)); !strings.Contains(got, "verdict:0") {
		t.Fatalf("%s, want that it is not known whether it is there", got)
	}
	ref, found, err := out.Find(y.ctx, o)
	if err != nil || !found {
		t.Fatalf("not found: %v", err)
	}
	if card, ok, err := y.mem.CurrentCard(y.ctx, teamRoom, a.Conference); err != nil || !ok || card.TS != ref.TS {
		t.Errorf("what was found is not the card: %+v, %v", card, err)
	}
	if n := y.count("chat.postMessage"); n != 1 {
		t.Errorf("posted %d times", n)
	}
}

func TestAPostThatNeverArrivedIsNotFound(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{Manifest: historyManifest(t)}).run()
	out := y.bot.Announcer(noticeDesk{}, idle)
	a, o := due(teamRoom)
	y.faulty(control.Fault{Kind: "http500", Times: 1})
	if got := fmt.Sprintf("%+v", out.Post(y.ctx, a, o)); !strings.Contains(got, "verdict:0") {
		t.Fatalf("%s, want that it is not known whether it is there", got)
	}
	if _, found, err := out.Find(y.ctx, o); err != nil || found {
		t.Errorf("found %v, %v", found, err)
	}
}

func TestSlacksPaceMakesAPostLateButNotMissed(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{}).run()
	out := y.bot.Announcer(noticeDesk{}, idle)
	a, o := due(teamRoom)
	y.faulty(control.Fault{Kind: "rate_limited", RetryAfter: 30, Times: 1})
	if got := fmt.Sprintf("%+v", out.Post(y.ctx, a, o)); !strings.Contains(got, "verdict:2") || !strings.Contains(got, "after:") {
		t.Errorf("%s, want another attempt when Slack said", got)
	}
	if n := y.count("chat.postMessage"); n != 1 {
		t.Errorf("asked %d times although Slack said to wait", n)
	}
}

func TestShortTroubleWithAPostIsOverWithinTheAttempt(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]control.Fault{
		"a short wait":          {Kind: "rate_limited", RetryAfter: 1, Times: 1},
		"ratelimited on a 200":  {Kind: "error", Error: "ratelimited", Times: 1},
		"too long":              {Kind: "error", Error: "msg_too_long", Times: 1},
		"too long in its parts": {Kind: "error", Error: "msg_blocks_too_long", Times: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := newYard(t, sandbox.Options{}).run()
			a, o := due(teamRoom)
			y.faulty(fault)
			got := y.bot.Announcer(noticeDesk{}, idle).Post(y.ctx, a, o)
			card, ok, err := y.mem.CurrentCard(y.ctx, teamRoom, a.Conference)
			if want := announce.Done(announce.Ref{Channel: teamRoom, TS: card.TS}); err != nil || !ok || got != want {
				t.Errorf("%+v, want %+v, %v", got, want, err)
			}
		})
	}
}

func TestARefusalMakesUsLookAtTheChannelAgain(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{}).run()
	if _, err := y.bot.Directory().Channel(y.ctx, teamRoom); err != nil {
		t.Fatal(err)
	}
	a, o := due(teamRoom)
	y.faulty(control.Fault{Kind: "error", Error: "channel_not_found", Times: 1})
	got := fmt.Sprintf("%+v", y.bot.Announcer(noticeDesk{}, idle).Post(y.ctx, a, o))
	if _, known := y.bot.Directory().channels.kept(teamRoom); known || !strings.Contains(got, string(announce.TroubleNotIn)) {
		t.Errorf("%s, still remembered: %v", got, known)
	}
}

// severalAdmins is a desk whose notices go to several people.
type severalAdmins struct{ noticeDesk }

func (severalAdmins) NoticeTo(context.Context, announce.Notice) ([]string, error) {
	return []string{ana, bo, "U0DEV00001"}, nil
}

func TestNobodyHearsTwiceOfWhatTheFirstCouldNotBeTold(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{}).run()
	out := y.bot.Announcer(severalAdmins{}, idle)
	y.faulty(control.Fault{Kind: "http500", Times: 1})
	n := announce.Notice{Key: "t.nobody.1", Person: ana, Why: announce.TroubleNobody}
	if got := fmt.Sprintf("%+v", out.Tell(y.ctx, n)); !strings.Contains(got, "verdict:0") || y.count("chat.postMessage") != 1 {
		t.Fatalf("%s after %d posts, want that nobody knows, and nobody else was written to", got, y.count("chat.postMessage"))
	}
	if got := fmt.Sprintf("%+v", out.Tell(y.ctx, n)); !strings.Contains(got, "verdict:1") || y.count("chat.postMessage") != 4 {
		t.Errorf("%s after %d posts, want three people told", got, y.count("chat.postMessage"))
	}
}
