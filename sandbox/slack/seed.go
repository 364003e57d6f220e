package slack

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed seed.json
var defaultSeed []byte

// Seed is the workspace before anybody has acted.
type Seed struct {
	Team       SeedTeam      `json:"team"`
	Bot        SeedBot       `json:"bot"`
	Users      []SeedUser    `json:"users"`
	UserGroups []SeedGroup   `json:"usergroups"`
	Channels   []SeedChannel `json:"channels"`
}

// SeedTeam names the workspace.
type SeedTeam struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Domain string `json:"domain"`
}

// SeedBot holds the app's ids; its names come from the manifest.
type SeedBot struct {
	AppID  string `json:"app_id"`
	UserID string `json:"user_id"`
	BotID  string `json:"bot_id"`
}

// SeedUser is one person.
type SeedUser struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	RealName    string `json:"real_name"`
	Role        string `json:"role"` // owner, admin, member, guest, external
	TZ          string `json:"tz"`
	Email       string `json:"email,omitempty"`
	Phone       string `json:"phone,omitempty"`
	TeamID      string `json:"team_id,omitempty"` // another organisation's, for external people
	Deactivated bool   `json:"deactivated,omitempty"`
}

// SeedGroup is a user group.
type SeedGroup struct {
	ID     string   `json:"id"`
	Handle string   `json:"handle"`
	Name   string   `json:"name"`
	Users  []string `json:"users"`
}

// SeedChannel is a channel. Members are the people who matter; where NumMembers or NumGuests is larger, the rest of the
// crowd is made up, so that conversations.members can be paged through.
type SeedChannel struct {
	ID            string   `json:"id"`
	Name          string   `json:"name"`
	Kind          string   `json:"kind"` // public or private
	Members       []string `json:"members"`
	Bot           bool     `json:"bot"` // the app's bot is in it
	NumMembers    int      `json:"num_members,omitempty"`
	NumGuests     int      `json:"num_guests,omitempty"`
	Archived      bool     `json:"archived,omitempty"`
	ReadOnly      bool     `json:"read_only,omitempty"`
	ThreadOnly    bool     `json:"thread_only,omitempty"`
	NonThreadable bool     `json:"non_threadable,omitempty"`
	Shared        bool     `json:"shared,omitempty"`
}

// ParseSeed reads a seed from JSON.
func ParseSeed(src []byte) (*Seed, error) {
	seed := &Seed{}
	if err := json.Unmarshal(src, seed); err != nil {
		return nil, fmt.Errorf("read seed: %w", err)
	}
	if seed.Team.ID == "" || seed.Bot.UserID == "" || seed.Bot.AppID == "" || seed.Bot.BotID == "" {
		return nil, fmt.Errorf("read seed: team.id, bot.app_id, bot.user_id and bot.bot_id are needed")
	}
	return seed, nil
}

// DefaultSeed is the Acme workspace. Its ids never change, so tests may name them.
func DefaultSeed() (*Seed, error) { return ParseSeed(defaultSeed) }
