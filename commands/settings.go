package commands

import (
	"slices"
	"strings"
)

// settings takes key=value, key:value, --key value and --key=value out of the
// words, for these keys only, and returns what is left in order. Anything
// else with such a sign in it, as "Retro: Q3", is an ordinary word. Of a key
// given twice the last one counts.
func settings(words []Word, keys []string) (rest []Word, found map[string]string) {
	found = map[string]string{}
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w.Quoted || w.User != "" || w.Channel != "" {
			rest = append(rest, w)
			continue
		}
		text, dashed := undash(w.Text)
		if dashed {
			if k := known(text, keys); k != "" {
				if i+1 < len(words) {
					found[k] = words[i+1].Text
					i++
				} else {
					found[k] = ""
				}
				continue
			}
		}
		if k, v, ok := pair(text, w.sep, keys); ok {
			found[k] = v
			continue
		}
		rest = append(rest, w)
	}
	return rest, found
}

// undash removes the dashes before an option. Phones turn two short ones into
// a long one.
func undash(s string) (string, bool) {
	for _, d := range []string{"--", "—", "––", "–", "―"} {
		if after, ok := strings.CutPrefix(s, d); ok && after != "" {
			return after, true
		}
	}
	return s, false
}

func pair(text string, sep byte, keys []string) (key, value string, ok bool) {
	if sep == 0 {
		return "", "", false
	}
	k, v, found := strings.Cut(text, string(sep))
	if !found || (v == "" && sep == ':') {
		return "", "", false
	}
	k = known(k, keys)
	return k, v, k != ""
}

func known(k string, keys []string) string {
	k = strings.ToLower(k)
	if slices.Contains(keys, k) {
		return k
	}
	return ""
}
