package slack

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"confbot/sandbox/slack/control"
)

func (s *Server) getWorkspace(w http.ResponseWriter, _ *http.Request) { answerJSON(w, s.overview()) }

func (s *Server) overview() control.Workspace {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, scale := s.clock.state()
	out := control.Workspace{
		Team: control.Team{ID: s.ws.team.ID, Name: s.ws.team.Name, Domain: s.ws.team.Domain}, App: s.ws.shownApp(),
		UserGroups: []control.UserGroup{}, Now: now.UTC().Format(time.RFC3339Nano), TimeScale: scale,
	}
	for _, id := range s.ws.people {
		out.Users = append(out.Users, s.ws.shownUser(s.ws.users[id], now))
	}
	out.Users = append(out.Users, s.ws.shownUser(s.ws.users[s.ws.bot.UserID], now))
	for _, g := range s.ws.groups {
		out.UserGroups = append(out.UserGroups, control.UserGroup{ID: g.ID, Handle: g.Handle, Name: g.Name, Users: g.Users})
	}
	return out
}

func (w *workspace) shownApp() control.App {
	f := w.man.Features
	app := control.App{
		ID: w.bot.AppID, Name: w.man.Display.Name, BotUserID: w.bot.UserID, BotID: w.bot.BotID, BotName: f.BotUser.DisplayName,
		Commands: []control.Command{}, Shortcuts: []control.Shortcut{}, HomeTab: f.AppHome.Home, MessagesTab: f.AppHome.Messages,
		MessagesOnly: f.AppHome.ReadOnly, Scopes: w.man.OAuth.Scopes.Bot, Events: w.man.Settings.Events.Bot,
	}
	for _, c := range f.Commands {
		app.Commands = append(app.Commands, control.Command(c))
	}
	if len(f.Commands) > 0 {
		app.Command = f.Commands[0].Command
	}
	for _, c := range f.Shortcuts {
		app.Shortcuts = append(app.Shortcuts, control.Shortcut(c))
	}
	return app
}

func (w *workspace) shownUser(u *user, now time.Time) control.User {
	label, offset := zone(u.TZ, now)
	role := u.Role
	if u.isBot {
		role = "bot"
	}
	return control.User{
		ID: u.ID, Name: u.Name, RealName: u.RealName, Role: role, TZ: u.TZ, TZLabel: label, TZOffset: offset, Color: "#" + colour(u.ID),
		AvatarInitials: initials(u.RealName), TeamID: u.TeamID, Email: u.Email, Deactivated: u.Deactivated, IsBot: u.isBot,
	}
}

func initials(name string) string {
	var out strings.Builder
	for _, word := range strings.Fields(name) {
		out.WriteString(strings.ToUpper(string([]rune(word)[:1])))
	}
	return out.String()
}

func (s *Server) getView(w http.ResponseWriter, r *http.Request) {
	out, err := s.screen(r.URL.Query().Get("user"))
	if err != nil {
		answerActError(w, err)
		return
	}
	answerJSON(w, out)
}

// screen is everything that one person sees.
func (s *Server) screen(userID string) (control.Screen, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := s.person(userID)
	if err != nil {
		return control.Screen{}, err
	}
	out := control.Screen{
		User: u.ID, Seq: s.changes.last(), Channels: []control.Channel{}, Messages: map[string][]control.Message{}, Views: s.ws.shownStack(u),
		Notices: append([]control.Notice{}, u.notices.all()...),
	}
	for _, id := range s.ws.order {
		room := s.ws.rooms[id]
		if !s.ws.sees(u.ID, room) {
			continue
		}
		out.Channels = append(out.Channels, s.ws.shownChannel(room, u))
		out.Messages[id] = room.shownMessages(u.ID)
	}
	if u.home != nil {
		home := u.home.shown(s.ws)
		out.Home = &home
	}
	return out, nil
}

func (w *workspace) shownChannel(room *channel, u *user) control.Channel {
	c := control.Channel{
		ID: room.ID, Name: room.Name, Kind: room.Kind, IsMember: room.memberSet[u.ID], BotMember: room.memberSet[w.bot.UserID],
		Archived: room.Archived, ReadOnly: room.ReadOnly, Shared: room.Shared, NumMembers: w.numMembers(room), Unread: room.unread(u.ID),
		IMUser: room.imUser,
	}
	if room.Kind == kindIM {
		c.IMUser, c.Name = w.bot.UserID, w.users[w.bot.UserID].Name
	}
	return c
}

// unread counts what others wrote outside threads since this person last read.
func (c *channel) unread(userID string) int {
	n := 0
	for _, m := range slices.Backward(c.msgs) {
		if m.ts <= c.readTo[userID] {
			break
		}
		reply := m.threadTS != "" && m.threadTS != m.ts
		if m.user != userID && !m.hidden && (!reply || m.broadcast) {
			n++
		}
	}
	return n
}

func (c *channel) shownMessages(userID string) []control.Message {
	out := make([]control.Message, 0, len(c.msgs))
	for _, m := range c.msgs {
		if !m.hidden {
			out = append(out, m.shown())
		}
	}
	if private := c.ephemerals[userID]; len(private) > 0 {
		for _, m := range private {
			out = append(out, m.shown())
		}
		slices.SortStableFunc(out, func(a, b control.Message) int { return cmp.Compare(a.TS, b.TS) })
	}
	return out
}
