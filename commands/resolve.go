package commands

import (
	"context"
	"errors"
	"slices"

	"confbot/conference"
)

// mostCandidates is how many conferences are looked at when a part of a name
// fits several.
const mostCandidates = 50

// unclear says that the words do not name one conference, and which they
// could mean. It is answered with buttons, never guessed.
type unclear struct {
	typed string // "" when nothing was typed
	fits  []conference.Conference
	near  []conference.Conference // names much like it, when nothing fits
	rest  []Word                  // what stands behind the name
	row   *row                    // the command that asked
	set   map[string]string       // its settings
}

func (u *unclear) Error() string { return "the words do not name one conference" }

// conferenceIn finds the conference that the words begin with, for somebody
// who acts in a channel, and returns the words behind its name. A part of a
// name that fits several is asked about only where no conference is meant
// anyway; several of the very same name always.
func (d *Desk) conferenceIn(ctx context.Context, p person, o Origin, words []Word, n need, tail []string) (conference.Conference, []Word, error) {
	name, after := cutTail(words, tail)
	if len(name) == 0 && len(after) > 1 && after[0].Is(standAlone...) {
		name, after = after[1:], after[:1] // "people private Weekly sync"
	}
	switch {
	case n == needNamed && len(name) == 0:
		offers, _, err := d.offers(ctx, p, o.Channel)
		if err == nil {
			err = &unclear{fits: offers}
		}
		return conference.Conference{}, after, err
	case n != needWho && len(name) == 0:
		c, err := d.conferenceHere(ctx, p, o)
		return c, after, withRest(err, after)
	case n != needWho:
		c, err := d.named(ctx, p, o.Channel, name)
		return c, after, withRest(err, after)
	}
	found, err := d.beginning(ctx, p, o.Channel, name)
	if err != nil {
		return conference.Conference{}, nil, err
	}
	if found.sure() {
		return found.fits[0], found.rest, nil
	}
	if !found.exact {
		c, err := d.conferenceHere(ctx, p, o)
		if _, nowhere := errors.AsType[*unclear](err); !nowhere || len(found.fits) == 0 {
			return c, name, withRest(err, name)
		}
	}
	return conference.Conference{}, nil, &unclear{typed: found.typed, fits: found.fits, rest: found.rest}
}

// standAlone are keywords behind which nothing belongs to them, so that what
// stands there is the conference.
var standAlone = []string{"private", "off", "on"}

// cutTail splits before the first of these keywords; quoted words are none.
func cutTail(words []Word, tail []string) (before, after []Word) {
	for i, w := range words {
		if w.Is(tail...) {
			return words[:i], words[i:]
		}
	}
	return words, nil
}

func withRest(err error, rest []Word) error {
	if u, ok := errors.AsType[*unclear](err); ok {
		u.rest = rest
	}
	return err
}

// begun is what the beginning of a command's words could name.
type begun struct {
	typed string
	fits  []conference.Conference
	exact bool // by id or whole name
	rest  []Word
}

func (b begun) sure() bool { return len(b.fits) == 1 }

// beginning looks for the longest beginning of the words, leaving at least
// one, that is exactly one conference: first by id or whole name, then by an
// unambiguous part of a name. Where there is none it returns the longest that
// fits several.
func (d *Desk) beginning(ctx context.Context, p person, channel string, words []Word) (begun, error) {
	var one, twins, several begun // each the longest of its kind
	for n := len(words) - 1; n >= 1; n-- {
		b := begun{typed: Join(words[:n]), rest: words[n:]}
		exact, part, err := d.matches(ctx, p, channel, b.typed)
		if err != nil {
			return begun{}, err
		}
		switch {
		case len(exact) == 1 && !twins.exact:
			b.fits, b.exact = exact, true
			return b, nil
		case len(exact) > 1 && !twins.exact:
			b.fits, b.exact = exact, true
			twins = b
		case len(exact) == 0 && len(part) == 1 && !one.sure():
			b.fits = part
			one = b
		case len(exact) == 0 && len(part) > 1 && len(several.fits) == 0:
			b.fits = part
			several = b
		}
	}
	switch {
	case twins.exact:
		return twins, nil
	case one.sure():
		return one, nil
	}
	return several, nil
}

// named finds the one conference that all the words name.
func (d *Desk) named(ctx context.Context, p person, channel string, words []Word) (conference.Conference, error) {
	text := Join(words)
	exact, part, err := d.matches(ctx, p, channel, text)
	if err != nil {
		return conference.Conference{}, err
	}
	switch {
	case len(exact) == 1:
		return exact[0], nil
	case len(exact) > 1:
		return conference.Conference{}, &unclear{typed: text, fits: exact}
	case len(part) == 1:
		return part[0], nil
	case len(part) > 1:
		return conference.Conference{}, &unclear{typed: text, fits: part}
	}
	near, err := d.near(ctx, p, channel, text)
	if err != nil {
		return conference.Conference{}, err
	}
	return conference.Conference{}, &unclear{typed: text, near: near}
}

// matches looks names up and leaves out what the person may not see.
func (d *Desk) matches(ctx context.Context, p person, channel, text string) (exact, part []conference.Conference, err error) {
	if conference.Fold(text) == "" {
		return nil, nil, nil
	}
	exact, part, err = d.book.Named(ctx, text)
	if err != nil {
		return nil, nil, err
	}
	if exact, err = d.visible(ctx, p, channel, exact); err != nil {
		return nil, nil, err
	}
	part, err = d.visible(ctx, p, channel, parts(part, text))
	return exact, part, err
}

// visible keeps the conferences that the person may see.
func (d *Desk) visible(ctx context.Context, p person, channel string, list []conference.Conference) ([]conference.Conference, error) {
	var out []conference.Conference
	for _, c := range list {
		s, err := d.stand(ctx, p, channel, c.ID)
		if err != nil {
			return nil, err
		}
		if s.visible {
			out = append(out, c)
		}
		if len(out) == mostCandidates {
			break
		}
	}
	return out, nil
}

// conferenceHere is the conference that is meant when none is named: the one
// whose card's thread it is, else the channel's, else the only one that is
// live.
func (d *Desk) conferenceHere(ctx context.Context, p person, o Origin) (conference.Conference, error) {
	for _, find := range []func(context.Context, Origin) (conference.ID, error){d.threadsConference, d.linkedConference} {
		id, err := find(ctx, o)
		if err != nil {
			return conference.Conference{}, err
		}
		if id == "" {
			continue
		}
		c, err := d.book.ByID(ctx, id)
		if err != nil {
			if conference.KindOf(err) == conference.NotFound {
				continue
			}
			return conference.Conference{}, err
		}
		if s, err := d.stand(ctx, p, o.Channel, c.ID); err != nil || s.visible {
			return c, err
		}
	}
	offers, liveNow, err := d.offers(ctx, p, o.Channel)
	if err != nil {
		return conference.Conference{}, err
	}
	if liveNow == 1 {
		return offers[0], nil
	}
	return conference.Conference{}, &unclear{fits: offers}
}

// threadsConference is the conference whose card or panel a thread hangs on.
func (d *Desk) threadsConference(ctx context.Context, o Origin) (conference.ID, error) {
	if o.ThreadTS == "" {
		return "", nil
	}
	ref, _, err := d.records.Ref(ctx, o.Channel, o.ThreadTS)
	return ref.Conference, err
}

func (d *Desk) linkedConference(ctx context.Context, o Origin) (conference.ID, error) {
	link, _, err := d.records.LinkOf(ctx, o.Channel)
	return link.Conference, err
}

// offers lists the conferences that somebody probably means: live ones first,
// then those that they moderate. liveNow counts the former.
func (d *Desk) offers(ctx context.Context, p person, channel string) (list []conference.Conference, liveNow int, err error) {
	watched, err := d.records.AllCurrentConferences(ctx)
	if err != nil {
		return nil, 0, err
	}
	mine, err := d.records.Moderates(ctx, p.ID)
	if err != nil {
		return nil, 0, err
	}
	var ids []conference.ID
	for _, id := range watched {
		if d.live.Snapshot(id).Run.Live() {
			ids = append(ids, id)
		}
	}
	split := len(ids)
	for _, id := range mine {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for i, id := range ids {
		c, err := d.book.ByID(ctx, id)
		if conference.KindOf(err) == conference.NotFound {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		seen, err := d.visible(ctx, p, channel, []conference.Conference{c})
		if err != nil {
			return nil, 0, err
		}
		list = append(list, seen...)
		if i < split {
			liveNow += len(seen)
		}
	}
	return list, liveNow, nil
}
