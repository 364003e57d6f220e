package commands

import (
	"context"
	"errors"
	"strings"
	"testing"

	"confbot/conference"
	"confbot/store"
)

// summaries is an account whose list tells nothing of PINs.
type summaries struct{ *fakeAudian }

func (s summaries) ByID(ctx context.Context, id conference.ID) (conference.Conference, error) {
	c, err := s.fakeAudian.ByID(ctx, id)
	c.MemberPINs, c.ModeratorPINs, c.PINProof = nil, nil, conference.Unproven
	return c, err
}

func TestACardShowsThePINThatTheListLeavesOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desk.book = summaries{w.audian}
	card := store.MessageRef{Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, PostedAt: w.clock}
	m, err := w.desk.CardView(t.Context(), card)
	if err != nil || !strings.Contains(m.Text, secretPINs[weekly][0]) {
		t.Errorf("card %q, error %v, want its PIN", m.Text, err)
	}
	w.audian.onLook = func() error { return errors.New("no answer") }
	if m, err := w.desk.CardView(t.Context(), card); err == nil {
		t.Errorf("card %q although nobody knows whether there is a PIN", m.Text)
	}
}
