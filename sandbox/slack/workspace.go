package slack

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"confbot/sandbox/slack/control"
)

// workspace is the data of the world. Its methods are called with Server.mu held.
type workspace struct {
	team   SeedTeam
	bot    SeedBot
	man    *manifest
	users  map[string]*user
	people []string // order of creation, without the crowd
	crowd  []string
	rooms  map[string]*channel
	order  []string // channels in order of creation
	groups []SeedGroup
	views  map[string]*view
	files  map[string]*file
	queue  map[string]*scheduled
	lastTS int64 // microseconds
	clock  *clock
}

type user struct {
	SeedUser
	isBot   bool
	dm      string // the conversation with the bot
	home    *view
	modals  []*view // the open stack, top last
	notices *ring[control.Notice]
}

type channel struct {
	SeedChannel
	imUser     string // set for the DM between this user and the bot
	members    []string
	memberSet  map[string]bool
	msgs       []*message // in order of ts
	byTS       map[string]*message
	ephemerals map[string][]*message
	readTo     map[string]string
	bookmarks  []obj
	pins       []string
	created    time.Time
	deleted    bool
	windows    map[int64]int   // scheduled posts per five-minute window
	seen       map[string]bool // who sees it; nil when it has to be worked out again
}

const kindIM = "im"

// maxMessages bounds what one channel remembers; the oldest go first.
const maxMessages = 20_000

// maxNotices bounds what one person has been told.
const maxNotices = 100

// maxEphemerals bounds the private messages one person has in one channel.
const maxEphemerals = 200

func newWorkspace(seed *Seed, man *manifest, clk *clock) *workspace {
	w := &workspace{
		team: seed.Team, bot: seed.Bot, man: man, clock: clk, groups: slices.Clone(seed.UserGroups),
		users: map[string]*user{}, rooms: map[string]*channel{}, views: map[string]*view{},
		files: map[string]*file{}, queue: map[string]*scheduled{},
	}
	w.users[seed.Bot.UserID] = &user{
		SeedUser: SeedUser{
			ID: seed.Bot.UserID, Name: strings.ToLower(man.Features.BotUser.DisplayName), RealName: man.Features.BotUser.DisplayName,
			Role: "member", TZ: "America/Los_Angeles", TeamID: seed.Team.ID,
		},
		isBot: true, notices: newRing[control.Notice](1),
	}
	for _, u := range seed.Users {
		w.addUser(u)
		w.people = append(w.people, u.ID)
	}
	for _, c := range seed.Channels {
		w.addChannel(c)
	}
	return w
}

func (w *workspace) addUser(u SeedUser) *user {
	setDefault(&u.TeamID, w.team.ID)
	setDefault(&u.TZ, "Europe/Berlin")
	added := &user{SeedUser: u, notices: newRing[control.Notice](maxNotices)}
	w.users[u.ID] = added
	w.forgetSeers()
	return added
}

func (w *workspace) addChannel(c SeedChannel) *channel {
	setDefault(&c.Kind, "public")
	room := &channel{
		SeedChannel: c, memberSet: map[string]bool{}, byTS: map[string]*message{},
		ephemerals: map[string][]*message{}, readTo: map[string]string{}, created: w.clock.now(), windows: map[int64]int{},
	}
	for _, id := range c.Members {
		room.add(id)
	}
	w.fillCrowd(room)
	if c.Bot {
		room.add(w.bot.UserID)
	}
	w.rooms[c.ID] = room
	w.order = append(w.order, c.ID)
	return room
}

// fillCrowd adds made-up people until the channel has the size and the guests that its seed asks for. The crowd is shared
// by all channels and shows up in users.list, as colleagues do.
func (w *workspace) fillCrowd(room *channel) {
	guests := 0
	for _, id := range room.members {
		if u := w.users[id]; u != nil && u.Role == "guest" {
			guests++
		}
	}
	take := func(role string, n int) {
		for _, id := range w.crowd {
			if n <= 0 {
				return
			}
			if w.users[id].Role == role && !room.memberSet[id] {
				room.add(id)
				n--
			}
		}
		for range max(n, 0) {
			room.add(w.addToCrowd(role))
		}
	}
	take("guest", room.NumGuests-guests)
	take("member", room.NumMembers-len(room.members))
}

func (w *workspace) addToCrowd(role string) string {
	n := len(w.crowd) + 1
	id := fmt.Sprintf("U0CROWD%03d", n)
	w.addUser(SeedUser{
		ID: id, Name: fmt.Sprintf("colleague%d", n), RealName: fmt.Sprintf("Colleague %d", n), Role: role,
		Email: fmt.Sprintf("colleague%d@acme.example", n),
	})
	w.crowd = append(w.crowd, id)
	return id
}

func (c *channel) add(id string) bool {
	if c.memberSet[id] {
		return false
	}
	c.seen = nil
	c.memberSet[id] = true
	c.members = append(c.members, id)
	return true
}

func (c *channel) remove(id string) bool {
	if !c.memberSet[id] {
		return false
	}
	c.seen = nil
	delete(c.memberSet, id)
	c.members = slices.DeleteFunc(c.members, func(m string) bool { return m == id })
	delete(c.ephemerals, id)
	return true
}

// numMembers counts people; the app's own bot is not one.
func (w *workspace) numMembers(c *channel) int {
	n := len(c.members)
	if c.memberSet[w.bot.UserID] {
		n--
	}
	return n
}

// dm finds or makes the conversation between the bot and a person.
func (w *workspace) dm(u *user) *channel {
	if c := w.rooms[u.dm]; c != nil {
		return c
	}
	u.dm = "D" + strings.TrimPrefix(strings.TrimPrefix(u.ID, "U"), "W")
	room := w.addChannel(SeedChannel{ID: u.dm, Kind: kindIM, Members: []string{u.ID}, Bot: true})
	room.imUser = u.ID
	return room
}

// sees tells whether a person can look into a channel: members can, and everybody of the workspace who is no guest can
// preview public ones.
func (w *workspace) sees(userID string, c *channel) bool {
	if c == nil || c.deleted {
		return false
	}
	if c.memberSet[userID] {
		return true
	}
	u := w.users[userID]
	return u != nil && c.Kind == "public" && u.Role != "guest" && u.TeamID == w.team.ID
}

func (w *workspace) botProfile() obj {
	return obj{
		"id": w.bot.BotID, "app_id": w.bot.AppID, "user_id": w.bot.UserID, "name": w.man.Features.BotUser.DisplayName,
		"deleted": false, "team_id": w.team.ID, "icons": obj{},
	}
}

// forgetSeers is called whenever who sees what may have changed for everybody.
func (w *workspace) forgetSeers() {
	for _, room := range w.rooms {
		room.seen = nil
	}
}

// nextTS is a fresh timestamp, larger than every one before.
func (w *workspace) nextTS() string {
	w.lastTS = max(w.clock.now().UnixMicro(), w.lastTS+1)
	return formatTS(time.UnixMicro(w.lastTS))
}
