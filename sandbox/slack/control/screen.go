package control

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Find returns the newest message on the screen, in a channel or in any (channel ""), that satisfies the condition.
func (s *Screen) Find(channel string, match func(Message) bool) *Message {
	var found *Message
	for id, messages := range s.Messages {
		if channel != "" && id != channel {
			continue
		}
		for i := range messages {
			m := &messages[i]
			if match(*m) && (found == nil || m.TS >= found.TS) {
				found = m
			}
		}
	}
	return found
}

// Says returns the newest message whose text or blocks contain all of these words, or nil.
func (s *Screen) Says(channel string, words ...string) *Message {
	return s.Find(channel, func(m Message) bool { return m.Says(words...) })
}

// Private is Says for messages that only this person sees.
func (s *Screen) Private(channel string, words ...string) *Message {
	return s.Find(channel, func(m Message) bool { return m.Ephemeral && m.Says(words...) })
}

// Thread lists the replies to a message, oldest first.
func (s *Screen) Thread(channel, ts string) []Message {
	var out []Message
	for _, m := range s.Messages[channel] {
		if m.ThreadTS == ts && m.TS != ts {
			out = append(out, m)
		}
	}
	return out
}

// Top is the form on top of the stack, or nil.
func (s *Screen) Top() *View {
	if len(s.Views) == 0 {
		return nil
	}
	return &s.Views[len(s.Views)-1]
}

// Noticed returns the newest notice of a kind, or nil.
func (s *Screen) Noticed(kind string) *Notice {
	for i := range slices.Backward(s.Notices) {
		if s.Notices[i].Kind == kind {
			return &s.Notices[i]
		}
	}
	return nil
}

// Says tells whether text or blocks contain all of these words.
func (m Message) Says(words ...string) bool {
	for _, w := range words {
		if !strings.Contains(m.Text, w) && !strings.Contains(string(m.Blocks), quoted(w)) {
			return false
		}
	}
	return true
}

// Says tells whether the view's title or blocks contain all of these words.
func (v View) Says(words ...string) bool {
	for _, w := range words {
		titled := v.Title != nil && strings.Contains(v.Title.Text, w)
		if !titled && !strings.Contains(string(v.Blocks), quoted(w)) {
			return false
		}
	}
	return true
}

// quoted is a text as it looks inside JSON.
func quoted(text string) string {
	raw, err := json.Marshal(text)
	if err != nil {
		return text
	}
	inner := string(raw[1 : len(raw)-1])
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(inner)
}

// Summary is one line for the error text of a test.
func (s *Screen) Summary() string {
	n, last := 0, ""
	for _, messages := range s.Messages {
		n += len(messages)
		for _, m := range messages {
			if m.Bot && m.TS > last[:min(len(last), len(m.TS))] {
				last = m.TS + " " + m.Text
			}
		}
	}
	title := "none"
	if v := s.Top(); v != nil && v.Title != nil {
		title = v.Title.Text
	}
	return fmt.Sprintf("%d messages (newest of the app: %q), form: %s, %d notices", n, last, title, len(s.Notices))
}
