package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/live"
	sandbox "confbot/sandbox/slack"
	"confbot/store"
)

// noticeDesk is an AnnounceDesk with nothing against any post.
type noticeDesk struct{}

func (noticeDesk) KnowsPIN(context.Context, string, announce.Occurrence) (bool, error) {
	return false, nil
}

func (noticeDesk) MayShow(context.Context, string, string) (bool, error) { return true, nil }

func (noticeDesk) ReadyPost(context.Context, announce.Announcement) {}

func (noticeDesk) BeforePost(context.Context, announce.Announcement) (announce.Trouble, []commands.Direct, error) {
	return "", nil, nil
}

func (noticeDesk) PINCome(context.Context, announce.Occurrence) (blocks.Message, error) {
	return say("The PIN is here."), nil
}

func (noticeDesk) ReminderView(context.Context, announce.Reminder, announce.Occurrence) (blocks.Message, error) {
	return say("In five minutes."), nil
}

func (noticeDesk) NoticeView(context.Context, announce.Notice) (blocks.Message, error) {
	return say("Paused."), nil
}

func (noticeDesk) NoticeTo(_ context.Context, n announce.Notice) ([]string, error) {
	return []string{n.Person}, nil
}

func (noticeDesk) ChannelChanged(context.Context, string, string, announce.Trouble) error { return nil }

func (noticeDesk) PINRotated(context.Context, announce.Occurrence) ([]commands.Direct, error) {
	return nil, nil
}

func (noticeDesk) PINTold(context.Context, string, announce.Occurrence) error { return nil }

func idle(conference.ID) live.Snapshot { return live.Snapshot{} }

func due(channel string) (announce.Announcement, announce.Occurrence) {
	now := time.Now().Truncate(time.Second)
	a := announce.Announcement{ID: announce.NewID(), Conference: "conf_weekly", Channel: channel, Owner: ana}
	return a, announce.Occurrence{
		Key: string(a.ID) + ".1", Kind: announce.KindPost, Announcement: a.ID, Conference: a.Conference, Channel: channel, At: now, Starts: now,
	}
}

func TestAnAnnouncementBecomesTheCardAndIsFoundAgain(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{Manifest: historyManifest(t)}).run()
	out := y.bot.Announcer(noticeDesk{}, idle)
	for range 2 {
		a, o := due(teamRoom)
		got := out.Post(y.ctx, a, o)
		card, ok, err := y.mem.CurrentCard(y.ctx, teamRoom, a.Conference)
		if err != nil || !ok {
			t.Fatalf("no card: %v, %+v", err, got)
		}
		if want := announce.Done(announce.Ref{Channel: teamRoom, TS: card.TS}); got != want {
			t.Fatalf("posted %+v, want %+v", got, want)
		}
		if p, ok := commands.ParsePosting(card.Occurrence); !ok || p.Key != o.Key || card.Kind != store.KindCard {
			t.Errorf("the card remembers %q", card.Occurrence)
		}
		if ref, found, err := out.Find(y.ctx, o); err != nil || !found || ref.TS != card.TS {
			t.Errorf("looked for it: %+v, %v, %v", ref, found, err)
		}
	}
	_, other := due(teamRoom)
	if _, found, err := out.Find(y.ctx, other); err != nil || found {
		t.Errorf("found what was never posted, %v", err)
	}
}

func TestWithoutTheScopeNobodyCanLook(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{}).run()
	_, o := due(teamRoom)
	if _, _, err := y.bot.Announcer(noticeDesk{}, idle).Find(y.ctx, o); !errors.Is(err, announce.ErrCannotLook) {
		t.Errorf("looked: %v", err)
	}
}

func TestChannelsThatCannotBePostedInPauseTheAnnouncement(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{}).run()
	for channel, want := range map[string]announce.Trouble{
		boardRoom: announce.TroubleNotIn, archived: announce.TroubleArchived, "C0NOWHERE1": announce.TroubleNotIn,
	} {
		a, o := due(channel)
		if got := fmt.Sprintf("%+v", y.bot.Announcer(noticeDesk{}, idle).Post(y.ctx, a, o)); !strings.Contains(got, "why:"+string(want)) {
			t.Errorf("%s: %s, want %s", channel, got, want)
		}
	}
}

func TestNewPINsOverlap(t *testing.T) {
	t.Parallel()
	book := &pinBook{pins: []conference.PIN{conference.NewPIN("482913")}}
	r, err := NewRotator("xapp-1-A0-1-secret", book)
	if err != nil {
		t.Fatal(err)
	}
	_, o := due(teamRoom)
	if o.Note, err = r.Choose(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	pin, ok := r.Noted(o.Key, o.Note)
	if !ok || strings.Contains(o.Note, pin.Digits()) {
		t.Fatalf("the note %q says too little or too much", o.Note)
	}
	for range 2 { // it may be asked again
		if err := r.Add(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	if len(book.pins) != 2 || book.pins[0].Digits() != "482913" || book.pins[1] != pin {
		t.Errorf("added: %d PINs, the old one first: %v", len(book.pins), book.pins[0].Digits() == "482913")
	}
	o.Rotated = true
	if err := r.Retire(t.Context(), o); err != nil || len(book.pins) != 1 || book.pins[0] != pin {
		t.Errorf("retired: %d PINs, %v", len(book.pins), err)
	}
}

// pinBook is an Audian with one conference.
type pinBook struct{ pins []conference.PIN }

func (b *pinBook) Fresh(_ context.Context, id conference.ID) (conference.Conference, error) {
	return conference.Conference{ID: id, MemberPINs: b.pins, PINProof: conference.Proven}, nil
}

func (b *pinBook) Update(ctx context.Context, id conference.ID, s conference.Settings) (conference.Conference, error) {
	b.pins = *s.MemberPINs
	return b.Fresh(ctx, id)
}

func (b *pinBook) PINTaken(context.Context, conference.PIN, conference.ID) (bool, error) {
	return false, nil
}
