package slack

import (
	"regexp"
	"strings"
)

var (
	userRef    = regexp.MustCompile(`<@([UW][A-Z0-9]+)(\|[^>]*)?>`)
	channelRef = regexp.MustCompile(`<#([CG][A-Z0-9]+)(\|[^>]*)?>`)
	groupRef   = regexp.MustCompile(`<!subteam\^(S[A-Z0-9]+)(\|[^>]*)?>`)
	linkRef    = regexp.MustCompile(`<(https?://[^>|]+)(\|[^>]*)?>`)
	atName     = regexp.MustCompile(`(^|[\s(,;:"'“”‘’])@([\p{L}\p{N}][\p{L}\p{N}._-]*)`)
	hashName   = regexp.MustCompile(`(^|[\s(,;:"'“”‘’])#([\p{L}\p{N}][\p{L}\p{N}_-]*)`)
	bareLink   = regexp.MustCompile(`(^|\s)(https?://[^\s<>]+)`)
)

// mentions tells whether a text mentions a user.
func mentions(text, userID string) bool {
	for _, m := range userRef.FindAllStringSubmatch(text, -1) {
		if m[1] == userID {
			return true
		}
	}
	return false
}

// resolve writes the names a person typed as references, as Slack's composer does. withNames also puts the name in, which
// slash commands with should_escape do and messages do not.
func (w *workspace) resolve(text string, withNames bool) string {
	ref := func(open, id, name string) string {
		if withNames {
			return open + id + "|" + name + ">"
		}
		return open + id + ">"
	}
	text = atName.ReplaceAllStringFunc(text, func(hit string) string {
		parts := atName.FindStringSubmatch(hit)
		name := strings.TrimRight(parts[2], ".")
		rest := parts[2][len(name):]
		for _, u := range w.users {
			if strings.EqualFold(u.Name, name) {
				return parts[1] + ref("<@", u.ID, u.Name) + rest
			}
		}
		for _, g := range w.groups {
			if strings.EqualFold(g.Handle, name) {
				return parts[1] + ref("<!subteam^", g.ID, "@"+g.Handle) + rest
			}
		}
		return hit
	})
	text = hashName.ReplaceAllStringFunc(text, func(hit string) string {
		parts := hashName.FindStringSubmatch(hit)
		for _, c := range w.rooms {
			if c.Kind != kindIM && c.Name == parts[2] && !c.deleted {
				return parts[1] + ref("<#", c.ID, w.channelLabel(c))
			}
		}
		return hit
	})
	return bareLink.ReplaceAllString(text, "$1<$2>")
}

// channelLabel is the name inside a channel reference; private ones have none.
func (w *workspace) channelLabel(c *channel) string {
	if c.Kind == "private" {
		return ""
	}
	return c.Name
}

// escapeSlash is the text of a command with should_escape: references for names, entities for the three characters.
func (s *Server) escapeSlash(text string) string {
	text = s.ws.unresolve(text)
	if !s.opts.Readings.PlainEntities {
		text = escapeEntities(text)
	}
	return s.ws.resolve(text, !s.opts.Readings.EscapeWithoutNames)
}

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escapeEntities(text string) string { return entities.Replace(text) }

// unresolve is the plain form: names instead of references, as a command without should_escape gets them, also where
// the client that typed it had put references in.
func (w *workspace) unresolve(text string) string {
	replace := func(re *regexp.Regexp, name func(id string) string) {
		text = re.ReplaceAllStringFunc(text, func(hit string) string {
			if n := name(re.FindStringSubmatch(hit)[1]); n != "" {
				return n
			}
			return hit
		})
	}
	replace(userRef, func(id string) string {
		if u := w.users[id]; u != nil {
			return "@" + u.Name
		}
		return ""
	})
	replace(channelRef, func(id string) string {
		if c := w.rooms[id]; c != nil {
			return "#" + c.Name
		}
		return ""
	})
	replace(groupRef, func(id string) string {
		for _, g := range w.groups {
			if g.ID == id {
				return "@" + g.Handle
			}
		}
		return ""
	})
	return linkRef.ReplaceAllString(text, "$1")
}

// escapeMessage is the text of an ordinary message: entities, then references without names.
func (w *workspace) escapeMessage(text string) string {
	return w.resolve(escapeEntities(w.unresolve(text)), false)
}
