package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"confbot/conference"
	"confbot/live"
)

// fakeSlack is a workspace: people, channels and user groups.
type fakeSlack struct {
	people   map[string]Member
	channels map[string]Channel
	groups   map[string][]string
	guests   map[string]int      // channel → how many of its members
	outside  map[string][]string // channel → who is not in it
	fail     error               // of every look-up of a person
}

func (s *fakeSlack) InChannel(_ context.Context, channel, user string) (bool, error) {
	return !slices.Contains(s.outside[channel], user), nil
}

func (s *fakeSlack) GuestsIn(_ context.Context, channel string) int {
	return s.guests[channel]
}

func (s *fakeSlack) Member(_ context.Context, user string) (Member, error) {
	if s.fail != nil {
		return Member{}, s.fail
	}
	m, ok := s.people[user]
	if !ok {
		return Member{}, fmt.Errorf("no such user %s", user)
	}
	return m, nil
}

func (s *fakeSlack) Channel(_ context.Context, channel string) (Channel, error) {
	c, ok := s.channels[channel]
	if !ok {
		return Channel{}, fmt.Errorf("no such channel %s", channel)
	}
	return c, nil
}

func (s *fakeSlack) ChannelWithin(ctx context.Context, channel string, _ time.Duration) (Channel, error) {
	return s.Channel(ctx, channel)
}

func (s *fakeSlack) Groups(_ context.Context, group string) ([]string, error) {
	return s.groups[group], nil
}

func (s *fakeSlack) Permalink(_ context.Context, channel, ts string) (string, error) {
	return "https://example.slack.com/archives/" + channel + "/p" + ts, nil
}

func (s *fakeSlack) Admins(context.Context) ([]string, error) {
	var ids []string
	for id, m := range s.people {
		if m.Admin || m.Owner {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// fakeAudian is an account: conferences and who is on their lines. It answers
// everything at once unless a hook says otherwise.
type fakeAudian struct {
	mu    sync.Mutex
	all   []conference.Conference
	lines map[conference.ID][]conference.Participant
	did   []string // what was asked for, as "mute 7 of id"
	next  int

	onAct   func(who conference.ParticipantID, what conference.Action) (ignore bool, err error)
	onWrite func(verb string) error // before create, update and delete
	onRead  func() error            // before the line is read
	onLook  func() error            // before a conference is read
	after   func()                  // after anything was changed
	lost    error                   // instead of the answer to a change
}

func (a *fakeAudian) find(id conference.ID) (int, error) {
	i := slices.IndexFunc(a.all, func(c conference.Conference) bool { return c.ID == id })
	if i < 0 {
		return 0, &conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	}
	return i, nil
}

func (a *fakeAudian) All(context.Context) ([]conference.Conference, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.all), a.look()
}

func (a *fakeAudian) look() error {
	if a.onLook != nil {
		return a.onLook()
	}
	return nil
}

func (a *fakeAudian) ByID(_ context.Context, id conference.ID) (conference.Conference, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	i, err := a.find(id)
	if err != nil {
		return conference.Conference{}, err
	}
	return a.all[i], nil
}

func (a *fakeAudian) Fresh(ctx context.Context, id conference.ID) (conference.Conference, error) {
	if err := a.look(); err != nil {
		return conference.Conference{}, err
	}
	return a.ByID(ctx, id)
}

func (a *fakeAudian) Recent(ctx context.Context, id conference.ID, _ time.Duration) (conference.Conference, error) {
	return a.Fresh(ctx, id)
}

func (a *fakeAudian) Named(_ context.Context, text string) (exact, part []conference.Conference, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	typed := conference.Fold(text)
	for _, c := range a.all {
		switch name := conference.Fold(c.Name); {
		case string(c.ID) == text:
			return []conference.Conference{c}, nil, nil
		case name == typed:
			exact = append(exact, c)
		case strings.Contains(name, typed):
			part = append(part, c)
		}
	}
	return exact, part, a.look()
}

func (a *fakeAudian) PINTaken(_ context.Context, pin conference.PIN, except conference.ID) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.ContainsFunc(a.all, func(c conference.Conference) bool {
		return c.ID != except && (slices.Contains(c.MemberPINs, pin) || slices.Contains(c.ModeratorPINs, pin))
	}), a.look()
}

func (a *fakeAudian) write(verb string) error {
	a.did = append(a.did, verb)
	if a.onWrite != nil {
		return a.onWrite(verb)
	}
	return nil
}

func (a *fakeAudian) Create(_ context.Context, s conference.Settings) (conference.Conference, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.write("create " + *s.Name); err != nil {
		return conference.Conference{}, err
	}
	a.next++
	c := applied(conference.Conference{ID: conference.ID(fmt.Sprintf("conf_new%d", a.next)), PINProof: conference.Proven}, s)
	a.all = append(a.all, c)
	return c, nil
}

func (a *fakeAudian) Update(_ context.Context, id conference.ID, s conference.Settings) (conference.Conference, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.write("update " + string(id)); err != nil {
		return conference.Conference{}, err
	}
	i, err := a.find(id)
	if err != nil {
		return conference.Conference{}, err
	}
	a.all[i] = applied(a.all[i], s)
	if a.after != nil {
		a.after()
	}
	return a.all[i], a.lost
}

func applied(c conference.Conference, s conference.Settings) conference.Conference {
	set(&c.Name, s.Name)
	set(&c.MemberPINs, s.MemberPINs)
	set(&c.ModeratorPINs, s.ModeratorPINs)
	set(&c.MaxMembers, s.MaxMembers)
	set(&c.Profile, s.Profile)
	if s.EntryTone != nil {
		c.EntryTone = s.EntryTone
	}
	if s.ExitTone != nil {
		c.ExitTone = s.ExitTone
	}
	return c
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func (a *fakeAudian) Delete(_ context.Context, id conference.ID) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.write("delete " + string(id)); err != nil {
		return err
	}
	i, err := a.find(id)
	if err != nil {
		return err
	}
	a.all = slices.Delete(a.all, i, i+1)
	if a.after != nil {
		a.after()
	}
	return a.lost
}

func (a *fakeAudian) Participants(_ context.Context, id conference.ID) ([]conference.Participant, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.onRead != nil {
		if err := a.onRead(); err != nil {
			return nil, err
		}
	}
	if _, err := a.find(id); err != nil {
		return nil, err
	}
	return slices.Clone(a.lines[id]), nil
}

func (a *fakeAudian) Act(_ context.Context, id conference.ID, who conference.ParticipantID, what conference.Action) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.did = append(a.did, fmt.Sprintf("%s %s of %s", what, who, id))
	if a.onAct != nil {
		if ignore, err := a.onAct(who, what); ignore || err != nil {
			return err
		}
	}
	if a.after != nil {
		defer a.after()
	}
	people := a.lines[id]
	i := slices.IndexFunc(people, func(p conference.Participant) bool { return p.ID == who })
	if i < 0 {
		return &conference.Error{Kind: conference.NotFound, Reason: conference.NoParticipant}
	}
	switch what {
	case conference.Mute, conference.Unmute:
		people[i].Muted = what == conference.Mute
	case conference.Deaf, conference.Undeaf:
		people[i].Deaf = what == conference.Deaf
	case conference.Kick:
		a.lines[id] = slices.Delete(people, i, i+1)
	}
	return nil
}

func (a *fakeAudian) Lock(_ context.Context, id conference.ID, locked bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.write(fmt.Sprintf("lock %s %t", id, locked))
}

// join puts somebody on the line.
func (a *fakeAudian) join(id conference.ID, who, name, number string, at time.Time) live.Key {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := conference.Participant{ID: conference.ParticipantID(who), Name: name, Number: conference.NewNumber(number), Joined: at}
	a.lines[id] = append(a.lines[id], p)
	return live.Key{ID: p.ID, Joined: p.Joined}
}

// leave takes somebody off it.
func (a *fakeAudian) leave(id conference.ID, who string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lines[id] = slices.DeleteFunc(a.lines[id], func(p conference.Participant) bool { return string(p.ID) == who })
}

// done returns what was asked for since the last time.
func (a *fakeAudian) done() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	did := a.did
	a.did = nil
	return did
}

// quickLive is the real watcher with a confirmation that looks once: the
// account above does at once what it is asked for, or never.
type quickLive struct {
	*live.Watcher
}

func (q quickLive) Confirm(ctx context.Context, id conference.ID, what conference.Action, keys ...live.Key) (live.Outcome, error) {
	snap, err := q.Read(ctx, id)
	var out live.Outcome
	for _, k := range keys {
		c, ok := snap.Run.Find(k)
		switch gone := !ok || !c.On(); {
		case err != nil:
			out.Waiting = append(out.Waiting, c)
		case gone && what == conference.Kick, !gone && what.Done(c.Participant):
			out.Done = append(out.Done, c)
		case gone:
			out.Left = append(out.Left, c)
		default:
			out.Waiting = append(out.Waiting, c)
		}
	}
	return out, err
}

type noSink struct{}

func (noSink) Changed(live.Snapshot, live.Diff) {}
