package audian

import "strings"

// phoneError is a refusal that the control API shows as it is.
type phoneError string

func (e phoneError) Error() string { return string(e) }

// onLine runs f for a call that is on the line.
func (s *Server) onLine(id string, f func(*world, *run, *participant)) error {
	defer s.world.enter()()
	ph := s.world.phones[id]
	switch {
	case ph == nil:
		return phoneError("there is no such call")
	case ph.on == nil:
		return phoneError("that call is not on the line")
	}
	f(s.world, s.world.runs[ph.conference], ph.on)
	return nil
}

// HangUp ends a call from its own side.
func (s *Server) HangUp(id string) error {
	return s.onLine(id, func(w *world, r *run, p *participant) { w.leave(r, p, HungUp, "") })
}

// SetTalking makes noise on a line, or with Silent stops it.
func (s *Server) SetTalking(id string, n Noise) error {
	if n != Silent && n != Talking && n != Breathing {
		return phoneError("a caller is talking, breathing or silent")
	}
	return s.onLine(id, func(w *world, r *run, p *participant) {
		before := p.seat().talking()
		p.phone.noise = n
		switch after := p.seat().talking(); {
		case after && !before:
			w.tell("start-talking", r, p)
		case before && !after:
			w.tell("stop-talking", r, p)
		default:
			w.hub.changed()
		}
	})
}

// Press presses keys: *1 toggles mute, *2 mutes, *3 unmutes, *4 toggles deaf,
// *5 deafens, *6 undeafens and # hangs up, as in Kazoo's default controls.
// Other keys do nothing.
func (s *Server) Press(id, keys string) error {
	if strings.Trim(keys, "0123456789*#ABCD") != "" {
		return phoneError("a telephone has the keys 0 to 9, *, # and A to D")
	}
	return s.onLine(id, func(w *world, r *run, p *participant) {
		starred := false
		for _, key := range keys {
			switch {
			case key == '#':
				w.leave(r, p, HungUp, "")
				return
			case starred:
				w.pressStar(key, r, p)
			}
			starred = key == '*'
		}
	})
}

func (w *world) pressStar(key rune, r *run, p *participant) {
	switch key {
	case '1':
		w.setMuted(r, p, !p.muted)
	case '2', '3':
		w.setMuted(r, p, key == '2')
	case '4':
		w.setDeaf(r, p, !p.deaf)
	case '5', '6':
		w.setDeaf(r, p, key == '5')
	}
}

func (w *world) setMuted(r *run, p *participant, on bool) {
	if p.muted != on {
		p.muted = on
		w.tell(map[bool]string{true: "mute-member", false: "unmute-member"}[on], r, p)
	}
}

func (w *world) setDeaf(r *run, p *participant, on bool) {
	if p.deaf != on {
		p.deaf = on
		w.tell(map[bool]string{true: "deaf-member", false: "undeaf-member"}[on], r, p)
	}
}

// EndRun hangs up on everybody in a conference; the next caller begins a new
// run, in which participant numbers start from 1 again.
func (s *Server) EndRun(conf string) {
	defer s.world.enter()()
	if r := s.world.runs[conf]; r != nil {
		s.world.end(r, "The conference was ended.")
	}
}
