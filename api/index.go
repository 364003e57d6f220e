package api

import (
	"cmp"
	"slices"
	"strings"

	"confbot/conference"
)

// index is one reading of the list, made ready for looking things up. It is
// built once and never changed.
type index struct {
	all    []conference.Conference // by name
	folded []string                // beside all
	every  []int                   // the places of all
	byID   map[conference.ID]int
	byName map[string][]int // by folded name
	byPIN  map[string][]int // by digits
}

func newIndex(list []conference.Conference) *index {
	x := &index{
		all: slices.Clone(list), folded: make([]string, len(list)),
		byID: make(map[conference.ID]int, len(list)), byName: make(map[string][]int, len(list)), byPIN: map[string][]int{},
	}
	names := make(map[conference.ID]string, len(list))
	for _, c := range x.all {
		names[c.ID] = conference.Fold(c.Name)
	}
	slices.SortFunc(x.all, func(a, b conference.Conference) int {
		return cmp.Or(cmp.Compare(names[a.ID], names[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	for i, c := range x.all {
		x.every = append(x.every, i)
		name := names[c.ID]
		x.folded[i] = name
		x.byID[c.ID] = i
		x.byName[name] = append(x.byName[name], i)
		for _, pins := range [][]conference.PIN{c.MemberPINs, c.ModeratorPINs} {
			for _, p := range pins {
				x.byPIN[p.Digits()] = append(x.byPIN[p.Digits()], i)
			}
		}
	}
	return x
}

// named finds by id or by exact name, else by a part of the name: those that
// begin with it first, then those with a word that does, then the rest.
func (x *index) named(text string) (exact, part []conference.Conference) {
	if i, ok := x.byID[conference.ID(strings.TrimSpace(text))]; ok {
		return x.copies([]int{i}), nil
	}
	want := conference.Fold(text)
	if want == "" {
		return nil, nil
	}
	if hits := x.byName[want]; len(hits) > 0 {
		return x.copies(hits), nil
	}
	var begins, words, rest []int
	for i, name := range x.folded {
		switch at := strings.Index(name, want); {
		case at < 0:
		case at == 0:
			begins = append(begins, i)
		case strings.Contains(name, " "+want):
			words = append(words, i)
		default:
			rest = append(rest, i)
		}
	}
	return nil, x.copies(slices.Concat(begins, words, rest))
}

// taken reports whether another conference uses the PIN.
func (x *index) taken(pin conference.PIN, except conference.ID) bool {
	return slices.ContainsFunc(x.byPIN[pin.Digits()], func(i int) bool { return x.all[i].ID != except })
}

// copies returns conferences that share nothing with the index.
func (x *index) copies(at []int) []conference.Conference {
	out := make([]conference.Conference, 0, len(at))
	for _, i := range at {
		out = append(out, clone(x.all[i]))
	}
	return out
}

func clone(c conference.Conference) conference.Conference {
	c.MemberPINs, c.ModeratorPINs, c.Numbers = slices.Clone(c.MemberPINs), slices.Clone(c.ModeratorPINs), slices.Clone(c.Numbers)
	for _, p := range []**bool{&c.EntryTone, &c.ExitTone, &c.Locked} {
		if *p != nil {
			v := **p
			*p = &v
		}
	}
	return c
}
