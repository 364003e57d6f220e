package announce

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // so that every zone is known where the machine has no zone files
)

// Place is a zone by the name of a place that people know.
type Place struct {
	Name string // "Berlin"
	Zone string // "Europe/Berlin"
}

// PlaceOf names a zone by its place: "Europe/Berlin" is Berlin.
func PlaceOf(zone string) string {
	if i := strings.LastIndexByte(zone, '/'); i >= 0 {
		zone = zone[i+1:]
	}
	return strings.ReplaceAll(zone, "_", " ")
}

// FindPlaces returns at most n places whose name or zone has text in it, those
// that begin with it first; for a field in which a city is typed. A city or
// zone that stands in no list of ours is found when it is typed in full.
func FindPlaces(text string, n int) []Place {
	text = strings.ToLower(strings.TrimSpace(text))
	var begin, within []Place
	for _, p := range places() {
		name := strings.ToLower(p.Name)
		switch {
		case strings.HasPrefix(name, text):
			begin = append(begin, p)
		case strings.Contains(name, text) || strings.Contains(strings.ToLower(p.Zone), text):
			within = append(within, p)
		}
	}
	found := append(begin, within...)
	if zones, ok := zonesOf(text); ok && len(found) == 0 {
		for _, z := range zones {
			found = append(found, Place{PlaceOf(z), z})
		}
	}
	return found[:min(len(found), n)]
}

// places are the cities that have a zone of their own and those that people
// name instead, by name.
func places() []Place {
	var all []Place
	for _, z := range strings.Fields(knownZones) {
		all = append(all, Place{PlaceOf(z), z})
	}
	for name, z := range cityZones {
		words := strings.Fields(name)
		for i, w := range words {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
		all = append(all, Place{strings.Join(words, " "), z})
	}
	slices.SortFunc(all, func(a, b Place) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// readZone reads "in Berlin", "in PST", "Europe/Berlin", "berlin time", "PST".
func readZone(s *scan, p *spec) (bool, *Refusal) {
	if p.zone != "" {
		return false, nil
	}
	in := s.take("in")
	for n := min(3, len(s.low)-s.at); n > 0; n-- {
		name := strings.Join(s.low[s.at:s.at+n], " ")
		zones, ok := zonesOf(name)
		if !ok {
			continue
		}
		city := abbreviations[name] == nil && !strings.Contains(name, "/")
		if !in && city && s.ahead(n) != "time" {
			continue // "berlin" alone may be a name
		}
		typed := strings.Join(s.raw[s.at:s.at+n], " ")
		s.at += n
		s.take("time")
		if len(zones) > 1 {
			e := refuse(AmbiguousZone, typed)
			e.Zones = slices.Clone(zones)
			return false, e
		}
		p.zone = zones[0]
		return true, nil
	}
	if in && s.at < len(s.raw) {
		return false, refuse(UnknownZone, s.raw[s.at])
	}
	return false, nil
}

// zonesOf returns what a lower-case name may mean: a zone, a city, an
// abbreviation.
func zonesOf(name string) ([]string, bool) {
	if zones := abbreviations[name]; zones != nil {
		return zones, true
	}
	if z, ok := cityZones[name]; ok {
		return []string{z}, true
	}
	for _, z := range strings.Fields(knownZones) {
		if strings.EqualFold(z, strings.ReplaceAll(name, " ", "_")) || strings.EqualFold(PlaceOf(z), name) {
			return []string{z}, true
		}
	}
	return spelledZone(name)
}

// spelledZone finds zones that are in no list of ours by how they are spelled:
// "america/indiana/knox", "knox".
func spelledZone(name string) ([]string, bool) {
	if name == "" || len(name) > 60 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz/_- +0123456789") != "" {
		return nil, false
	}
	spelled := capitals(name)
	tries := []string{spelled}
	if !strings.Contains(name, "/") {
		tries = nil
		for _, region := range regions {
			tries = append(tries, region+"/"+spelled)
		}
	}
	for _, z := range tries {
		if !strings.Contains(z, "/") {
			continue
		}
		if _, err := time.LoadLocation(z); err == nil {
			return []string{z}, true
		}
	}
	return nil, false
}

var regions = []string{
	"Europe", "America", "Asia", "Australia", "Africa", "Pacific", "Atlantic", "Indian", "Antarctica",
	"America/Argentina", "America/Indiana", "America/Kentucky", "America/North_Dakota",
}

// capitals writes "port-au-prince" and "new york" as zone files spell them:
// each word capital but the little ones.
func capitals(name string) string {
	var b strings.Builder
	var word int
	name = strings.ReplaceAll(name, " ", "_")
	for i := range len(name) {
		c := name[i]
		if i == 0 || strings.IndexByte("/_-", name[i-1]) >= 0 {
			word = i
			rest, _, _ := strings.Cut(strings.NewReplacer("_", " ", "-", " ", "/", " ").Replace(name[word:]), " ")
			if i == 0 || !slices.Contains([]string{"au", "es", "of"}, rest) {
				c = upper(c)
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}
