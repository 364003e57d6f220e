package torture

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack/control"
)

func personID(i int) string { return fmt.Sprintf("U0TORT%04d", i) }

// person types and clicks in a channel of their own, about a conference of
// their own, so that whatever they are told is about what they did last.
type person struct {
	*world
	user, channel string
	conf, confID  string
	bystander     audian.Caller // whom nobody ever means
	steady        audian.Caller // whose buttons in the panel are pressed
	wishes        []*wish
	again         []audian.Caller // those who dialled again after a kick
	names         *atomic.Int64   // shared by all
}

// crowd makes people, with a conference and a bystander each.
func (w *world) crowd(count int) []*person {
	w.tb.Helper()
	var names atomic.Int64
	all := make([]*person, count)
	for i := range all {
		p := &person{world: w, user: personID(i), channel: fmt.Sprintf("C0TORT%04d", i), names: &names}
		name, room, kind := fmt.Sprintf("person%d", i), fmt.Sprintf("place%d", i), "public"
		_, err := w.people.ChangeUser(w.ctx, control.UserChange{ID: p.user, Name: &name, RealName: &name})
		w.must(err)
		_, err = w.people.ChangeChannel(w.ctx, control.ChannelChange{ID: p.channel, Name: &room, Kind: &kind, Members: []string{p.user}})
		w.must(err)
		screen, err := w.people.View(w.ctx, p.user)
		w.must(err)
		for _, c := range screen.Channels {
			if c.Kind == "im" {
				w.heard.knows(c.ID, p.user)
			}
		}
		p.conf = "Crew " + p.name()
		p.confID, err = w.audian.AddConference(audian.ConferenceSpec{Name: p.conf, MemberPINs: []string{fmt.Sprint(730000 + 7*i)}, Profile: "default"})
		w.must(err)
		p.bystander, p.steady = p.dial("By "+p.name()), p.dial("St "+p.name())
		all[i] = p
	}
	return all
}

// name is a word that nobody else is called, and that is no part of another.
func (p *person) name() string {
	n := p.names.Add(1)
	word := []byte("Kaaaa")
	for i := len(word) - 1; i > 0; i-- {
		word[i] += byte(n % 26)
		n /= 26
	}
	return string(word)
}

// dial puts somebody with a number of their own on the line.
func (p *person) dial(name string) audian.Caller {
	return p.redial(name, fmt.Sprintf("+1415%07d", 2000000+p.names.Add(1)))
}

func (p *person) redial(name, number string) audian.Caller {
	return p.audian.Dial(audian.Call{Conference: p.confID, As: "member", CallerName: name, CallerNumber: number})
}

// wants begins a wish: what was told before is not about it.
func (p *person) wants(what, subject string, done func(*truth) bool) *wish {
	v := &wish{person: p, what: what, subject: subject, mark: p.heard.mark(p.user), done: done, at: time.Now()}
	p.wishes = append(p.wishes, v)
	return v
}

func (v *wish) typed(text string) *wish {
	done, err := v.people.Type(v.ctx, control.Typed{User: v.user, Channel: v.channel, Text: text})
	return v.sent(done, err)
}

func (v *wish) clicked(c control.Click) *wish {
	c.User = v.user
	done, err := v.people.Click(v.ctx, c)
	return v.sent(done, err)
}

func (v *wish) sent(done *control.Done, err error) *wish {
	if err != nil || !done.OK {
		v.unsent = true
		return v
	}
	v.envelope = done.EnvelopeID
	return v
}

// create asks for a conference.
func (p *person) create() *wish {
	name := "Team " + p.name()
	return p.wants("create", name, func(t *truth) bool { return t.named[name] > 0 }).typed("/conf create " + name)
}

// mute asks by name for somebody to be muted.
func (p *person) mute() *wish {
	c := p.dial(p.name())
	v := p.wants("mute", c.Name, func(t *truth) bool { return t.callers[c.ID].Muted })
	v.number = c.ParticipantNumber
	return v.typed(fmt.Sprintf("/conf mute %q %s", p.conf, c.Name))
}

// kick asks for somebody to be removed, and for that to be confirmed. With
// turnover everybody hangs up before the click, and others join who get the
// participant numbers of those; nobody must be removed then.
func (p *person) kick(turnover bool) (*wish, error) {
	c := p.dial(p.name())
	mark := p.heard.mark(p.user)
	if done, err := p.people.Type(p.ctx, control.Typed{User: p.user, Channel: p.channel, Text: fmt.Sprintf("/conf kick %q %s", p.conf, c.Name)}); err != nil || !done.OK {
		return nil, errors.Join(err, errors.New("it could not be typed"))
	}
	var press control.Click
	if !p.heard.wait(p.ctx, 8*time.Second, func() bool {
		for _, m := range p.heard.since(p.user, mark) {
			if click, ok := button(m, "Kick", ""); ok && m.Says(c.Name) {
				press = click
				return true
			}
		}
		return false
	}) {
		return nil, errors.New("the question was lost, which changes nothing")
	}
	if turnover {
		p.audian.EndRun(p.confID)
		p.bystander, p.steady = p.dial("By "+p.name()), p.dial("St "+p.name())
		for range 2 + rand.IntN(3) {
			p.dial("Other " + p.name())
		}
		v := p.wants("kick of somebody who has left", c.Name, func(*truth) bool { return false })
		v.turnover = true
		return v.clicked(press), nil
	}
	v := p.wants("kick", c.Name, func(t *truth) bool { return t.callers[c.ID].State == audian.Kicked })
	v.kicked, v.number = &c, c.ParticipantNumber
	return v.clicked(press), nil
}

// showPanel has the conference's panel posted.
func (p *person) showPanel() {
	before := p.heard.replied()
	_, err := p.people.Type(p.ctx, control.Typed{User: p.user, Channel: p.channel, Text: fmt.Sprintf("/conf people %q", p.conf)})
	p.must(err)
	if !p.heard.wait(p.ctx, 20*time.Second, func() bool { return p.heard.replied() > before }) {
		p.tb.Fatalf("no panel came\n%s", p.bot.tail(30))
	}
}

// press uses what stands beside somebody in the panel: Mute or Unmute,
// whichever it is.
func (p *person) press() (*wish, error) {
	screen, err := p.people.View(p.ctx, p.user)
	if err != nil {
		return nil, err
	}
	c := p.steady
	for _, m := range screen.Messages[p.channel] {
		for label, muted := range map[string]bool{"Mute": true, "Unmute": false} {
			if click, ok := button(m, label, c.Name); ok && m.ThreadTS != "" {
				v := p.wants(label+" in the panel", c.Name, func(t *truth) bool { return t.callers[c.ID].Muted == muted })
				v.silent, v.number = true, c.ParticipantNumber // the panel itself is the answer
				return v.clicked(click), nil
			}
		}
	}
	return nil, errors.New("the panel does not show them yet")
}

// button finds what to press in a message: the label, in the row below what
// holds the words.
func button(m control.Message, label, row string) (control.Click, bool) {
	var blocks []struct {
		Type     string `json:"type"`
		BlockID  string `json:"block_id"`
		Elements []struct {
			Type     string `json:"type"`
			ActionID string `json:"action_id"`
			Text     any    `json:"text"`
		} `json:"elements"`
	}
	var raw []json.RawMessage
	if json.Unmarshal(m.Blocks, &blocks) != nil || json.Unmarshal(m.Blocks, &raw) != nil {
		return control.Click{}, false
	}
	above := ""
	for i, b := range blocks {
		if b.Type != "actions" {
			above = string(raw[i])
			continue
		}
		for _, e := range b.Elements {
			text, _ := e.Text.(map[string]any)
			if said, _ := text["text"].(string); e.Type == "button" && strings.HasPrefix(said, label) && strings.Contains(above, row) {
				return control.Click{
					Container: control.Container{Channel: m.Channel, MessageTS: m.TS}, BlockID: b.BlockID, ActionID: e.ActionID,
				}, true
			}
		}
	}
	return control.Click{}, false
}

// truth is what Audian itself knows.
type truth struct {
	named   map[string]int // conferences by name
	callers map[string]audian.Caller
}

// witness reads the truth, at most twenty times a second for all.
type witness struct {
	mu   sync.Mutex
	at   time.Time
	last *truth
}

func (w *witness) look(s *audian.Server) *truth {
	w.mu.Lock()
	defer w.mu.Unlock()
	if time.Since(w.at) < 50*time.Millisecond {
		return w.last
	}
	w.last = read(s)
	w.at = time.Now()
	return w.last
}

func read(s *audian.Server) *truth {
	t := &truth{named: map[string]int{}, callers: map[string]audian.Caller{}}
	for _, c := range s.State().Conferences {
		if !c.Deleted {
			t.named[c.Name]++
		}
	}
	for _, c := range s.Callers() {
		t.callers[c.ID] = c
	}
	return t
}
