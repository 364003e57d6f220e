package slack

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

//go:embed default_manifest.yaml
var defaultManifest []byte

// manifest is what the sandbox needs of an app manifest (docs.slack.dev/reference/app-manifest).
type manifest struct {
	Display struct {
		Name        string `yaml:"name"`
		Description string `yaml:"description"`
	} `yaml:"display_information"`
	Features struct {
		AppHome struct {
			Home     bool `yaml:"home_tab_enabled"`
			Messages bool `yaml:"messages_tab_enabled"`
			ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		BotUser struct {
			DisplayName string `yaml:"display_name"`
		} `yaml:"bot_user"`
		Commands  []command  `yaml:"slash_commands"`
		Shortcuts []shortcut `yaml:"shortcuts"`
	} `yaml:"features"`
	OAuth struct {
		Scopes struct {
			Bot         []string `yaml:"bot"`
			BotOptional []string `yaml:"bot_optional"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool `yaml:"is_enabled"`
		} `yaml:"interactivity"`
		SocketMode bool `yaml:"socket_mode_enabled"`
	} `yaml:"settings"`
}

type command struct {
	Command      string `yaml:"command"`
	Description  string `yaml:"description"`
	UsageHint    string `yaml:"usage_hint"`
	ShouldEscape bool   `yaml:"should_escape"`
}

type shortcut struct {
	Name        string `yaml:"name"`
	Type        string `yaml:"type"` // global or message
	CallbackID  string `yaml:"callback_id"`
	Description string `yaml:"description"`
}

// parseManifest reads YAML or JSON (which is YAML too) and refuses what Slack's configuration page refuses and would make
// a sandbox useless. It doesn't check every rule of the schema.
func parseManifest(src []byte) (*manifest, error) {
	if len(src) == 0 {
		src = defaultManifest
	}
	m := &manifest{}
	if err := yaml.Unmarshal(src, m); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	var problems []error
	check := func(bad bool, text string) {
		if bad {
			problems = append(problems, errors.New(text))
		}
	}
	check(m.Display.Name == "", "manifest: display_information.name is missing")
	check(len([]rune(m.Display.Name)) > 35, "manifest: display_information.name is longer than 35 characters")
	check(m.Features.BotUser.DisplayName == "", "manifest: features.bot_user.display_name is missing")
	check(!m.Settings.SocketMode, "manifest: settings.socket_mode_enabled must be true, this sandbox has no other delivery")
	needsCommands := len(m.Features.Commands)+len(m.Features.Shortcuts) > 0
	check(needsCommands && !m.scope("commands"), "manifest: slash commands and shortcuts need the scope commands")
	for _, c := range m.Features.Commands {
		check(len(c.Command) < 2 || len(c.Command) > 32 || c.Command[0] != '/', fmt.Sprintf("manifest: %q is not a command name", c.Command))
		check(c.Description == "", fmt.Sprintf("manifest: %s has no description", c.Command))
	}
	return m, errors.Join(problems...)
}

// scope tells whether the installed bot token has it. Optional scopes are not granted, as on an installation where the
// admin left them unticked.
func (m *manifest) scope(name string) bool { return slices.Contains(m.OAuth.Scopes.Bot, name) }

func (m *manifest) subscribed(event string) bool {
	return slices.Contains(m.Settings.Events.Bot, event)
}
