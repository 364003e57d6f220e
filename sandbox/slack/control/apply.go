package control

import (
	"slices"
	"strings"
)

// Apply brings the screen up to date with a change. It returns false when the change cannot be told from the stream alone
// (somebody joined a channel, the stream has a gap) and the screen has to be read again.
func (s *Screen) Apply(c Change) bool {
	switch c.Kind {
	case "message":
		s.putMessage(*c.Message)
	case "message_deleted":
		s.Messages[c.Channel] = slices.DeleteFunc(s.Messages[c.Channel], func(m Message) bool { return m.TS == c.TS })
	case "view":
		s.Views = c.Views
	case "home":
		s.Home = c.Home
	case "notice":
		s.Notices = append(s.Notices, *c.Notice)
	case "read":
		if room := s.channel(c.Channel); room != nil {
			room.Unread = 0
		}
	case "socket", "clock":
	default:
		return false
	}
	s.Seq = c.Seq
	return true
}

func (s *Screen) putMessage(m Message) {
	all := s.Messages[m.Channel]
	at, found := slices.BinarySearchFunc(all, m.TS, func(o Message, ts string) int { return strings.Compare(o.TS, ts) })
	if found {
		all[at] = m
		return
	}
	s.Messages[m.Channel] = slices.Insert(all, at, m)
	reply := m.ThreadTS != "" && m.ThreadTS != m.TS
	if room := s.channel(m.Channel); room != nil && m.User != s.User && !m.Ephemeral && (!reply || m.Broadcast) {
		room.Unread++
	}
}

func (s *Screen) channel(id string) *Channel {
	for i := range s.Channels {
		if s.Channels[i].ID == id {
			return &s.Channels[i]
		}
	}
	return nil
}
