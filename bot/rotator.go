package bot

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"confbot/announce"
	"confbot/conference"
)

// PINBook reads and changes a conference's PINs.
type PINBook interface {
	Fresh(ctx context.Context, id conference.ID) (conference.Conference, error)
	Update(ctx context.Context, id conference.ID, s conference.Settings) (conference.Conference, error)
	PINTaken(ctx context.Context, pin conference.PIN, except conference.ID) (bool, error)
}

// Rotator gives a conference a new member PIN for an occurrence, in
// overlapping steps. Which one that is travels in a sealed note.
type Rotator struct {
	book    PINBook
	seal    sealer
	retired func(ctx context.Context, o announce.Occurrence, pin conference.PIN) error
}

var _ announce.Rotator = (*Rotator)(nil)

// NewRotator makes a rotator. The key of its notes comes from the app-level
// token.
func NewRotator(appToken string, book PINBook) (*Rotator, error) {
	seal, err := newSealer(appToken)
	if err != nil {
		return nil, err
	}
	alone := func(context.Context, announce.Occurrence, conference.PIN) error { return nil }
	return &Rotator{book: book, seal: seal, retired: alone}, nil
}

// Choose picks a PIN that nobody in the account has.
func (r *Rotator) Choose(ctx context.Context, o announce.Occurrence) (note string, err error) {
	var failed error
	pin, err := conference.GeneratePIN(func(p conference.PIN) bool {
		taken, err := r.book.PINTaken(ctx, p, "")
		failed = errors.Join(failed, err)
		return taken
	})
	if err := errors.Join(failed, err); err != nil {
		return "", fmt.Errorf("choose a PIN: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(r.seal.seal(noteName(o.Key), []byte(pin.Digits()))), nil
}

func noteName(key string) string { return "pin of " + key }

// Noted reads a note; ok is false for one that says nothing.
func (r *Rotator) Noted(key, note string) (pin conference.PIN, ok bool) {
	sealed, err := base64.RawURLEncoding.DecodeString(note)
	if err != nil || note == "" {
		return pin, false
	}
	digits, err := r.seal.open(noteName(key), sealed)
	if err != nil {
		return pin, false
	}
	return conference.NewPIN(string(digits)), true
}

var errNoNote = errors.New("the note of the new PIN cannot be read")

// Add puts the PIN behind the old ones, so that posts which show the first
// stay right, and reads it back.
func (r *Rotator) Add(ctx context.Context, o announce.Occurrence) error {
	pin, ok := r.Noted(o.Key, o.Note)
	if !ok {
		return errNoNote
	}
	c, err := r.book.Fresh(ctx, o.Conference)
	if err != nil {
		return fmt.Errorf("read the PINs: %w", err)
	}
	if !slices.Contains(c.MemberPINs, pin) {
		pins := append(slices.Clone(c.MemberPINs), pin)
		if _, err := r.book.Update(ctx, o.Conference, conference.Settings{MemberPINs: &pins}); err != nil {
			return fmt.Errorf("add a PIN: %w", err)
		}
		if c, err = r.book.Fresh(ctx, o.Conference); err != nil {
			return fmt.Errorf("read the PINs back: %w", err)
		}
	}
	if !slices.Contains(c.MemberPINs, pin) || c.PINProof == conference.Unproven {
		return errors.New("the new PIN was not read back")
	}
	return nil
}

// Retire leaves the PIN that the post shows, and has people told.
func (r *Rotator) Retire(ctx context.Context, o announce.Occurrence) error {
	pin, ok := r.Noted(o.Key, o.Note)
	if !ok {
		return errNoNote
	}
	c, err := r.book.Fresh(ctx, o.Conference)
	switch {
	case conference.KindOf(err) == conference.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read the PINs: %w", err)
	}
	at := slices.Index(c.MemberPINs, pin)
	if at < 0 {
		return nil // somebody changed the PIN since: theirs stands
	}
	// What was put behind it since stays: another announcement's new PIN.
	pins := slices.Clone(c.MemberPINs[at:])
	if !o.Rotated {
		pins = slices.Delete(slices.Clone(c.MemberPINs), at, at+1)
	}
	if !slices.Equal(pins, c.MemberPINs) {
		if _, err := r.book.Update(ctx, o.Conference, conference.Settings{MemberPINs: &pins}); err != nil {
			return fmt.Errorf("take the other PIN out: %w", err)
		}
	}
	if !o.Rotated {
		return nil
	}
	return r.retired(ctx, o, pin)
}
