package commands

import (
	"context"
	"slices"
	"strings"

	"confbot/conference"
)

// neverPart are words with a meaning of their own, which name a conference
// only as its whole name.
var neverPart = []string{"all", "others", "unknown", "me", "private", "rotate", "moderator", "now", "on", "off", "add", "remove"}

// shortPart is the length below which a part of a name must begin one of its
// words: three letters stand in the middle of many.
const shortPart = 4

// parts keeps the conferences of whose names the words are a part that
// somebody would call them by.
func parts(list []conference.Conference, text string) []conference.Conference {
	typed := conference.Fold(text)
	if slices.Contains(neverPart, typed) {
		return nil
	}
	if len([]rune(typed)) >= shortPart {
		return list
	}
	return slices.DeleteFunc(list, func(c conference.Conference) bool {
		name := conference.Fold(c.Name)
		return !strings.HasPrefix(name, typed) && !strings.Contains(name, " "+typed)
	})
}

// near finds the names that are much like what was typed.
func (d *Desk) near(ctx context.Context, p person, channel, text string) ([]conference.Conference, error) {
	all, err := d.book.All(ctx)
	if err != nil {
		return nil, err
	}
	type slip struct {
		conference.Conference
		slips int
	}
	typed := conference.Fold(text)
	most := max(1, len([]rune(typed))/3)
	var found []slip
	for _, c := range all {
		slips := most + 1
		for _, name := range nameAndBeginning(conference.Fold(c.Name), typed) {
			if apart := len(name) - len(typed); apart > most*4 || -apart > most*4 {
				continue // not worth counting
			}
			slips = min(slips, distance(typed, name))
		}
		if slips <= most {
			found = append(found, slip{c, slips})
		}
	}
	slices.SortStableFunc(found, func(a, b slip) int { return a.slips - b.slips })
	list := make([]conference.Conference, 0, len(found))
	for _, f := range found {
		list = append(list, f.Conference)
	}
	list, err = d.visible(ctx, p, channel, list)
	return list[:min(len(list), 2)], err
}

// nameAndBeginning returns a name and, where it has more words than were
// typed, as many of its first: "weekly" of "weekly sync".
func nameAndBeginning(name, typed string) []string {
	words, n := strings.Fields(name), len(strings.Fields(typed))
	if n == 0 || len(words) <= n || len([]rune(typed)) < 4 {
		return []string{name}
	}
	return []string{name, strings.Join(words[:n], " ")}
}
