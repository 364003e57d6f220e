package main

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// checker collects everything that is wrong.
type checker struct{ found problems }

func (c *checker) add(variable, fix string) { c.found = append(c.found, problem{variable, fix}) }

func (e environment) check() (Config, problems) {
	c := &checker{}
	cfg := Config{
		SlackAppToken: trim(e.SlackAppToken), SlackBotToken: trim(e.SlackBotToken),
		AudianAPIKey: trim(e.AudianAPIKey), AudianAuthToken: trim(e.AudianAuthToken),
		AudianAccountID: strings.TrimSpace(e.AudianAccountID), OpsChannel: strings.TrimSpace(e.OpsChannel),
		DatabaseURL: trim(e.DatabaseURL), HTTPAddr: strings.TrimSpace(e.HTTPAddr), Command: strings.TrimSpace(e.Command),
	}
	c.tokens(cfg)
	c.audian(cfg)
	cfg.SlackAPIURL = c.url("SLACK_API_URL", e.SlackAPIURL)
	if cfg.SlackAPIURL != "" && !strings.HasSuffix(cfg.SlackAPIURL, "/") {
		cfg.SlackAPIURL += "/"
	}
	cfg.AudianBaseURL = strings.TrimSuffix(c.url("AUDIAN_BASE_URL", e.AudianBaseURL), "/")
	c.database(cfg.DatabaseURL)
	cfg.DialIn = c.dialIn(e.DialIn)
	cfg.Admins = c.people("CONF_ADMINS", e.Admins)
	cfg.Moderators = c.people("CONF_MODERATORS", e.Moderators)
	cfg.CreateAll = c.oneOf("CONF_CREATE", e.Create, "everyone", "moderators") == "everyone"
	cfg.HideUnadopted = c.oneOf("CONF_SHOW", e.Show, "all", "adopted") == "adopted"
	cfg.AllowExternal = c.oneOf("CONF_ALLOW_EXTERNAL", e.AllowExternal, "true", "false") == "true"
	cfg.LogJSON = c.oneOf("CONF_LOG_FORMAT", e.LogFormat, "text", "json") == "json"
	cfg.CacheTTL = c.duration("CONF_CACHE_TTL", e.CacheTTL, time.Second, time.Hour, "60s")
	cfg.Retention = c.duration("CONF_RETENTION", e.Retention, 24*time.Hour, 10*365*24*time.Hour, "2160h, which is 90 days")
	if err := cfg.LogLevel.UnmarshalText([]byte(strings.TrimSpace(e.LogLevel))); err != nil {
		c.add("CONF_LOG_LEVEL", "is not a level I know. Use debug, info, warn or error.")
	}
	if cfg.HTTPAddr != "" {
		if _, port, err := net.SplitHostPort(cfg.HTTPAddr); err != nil || port == "" {
			c.add("CONF_HTTP_ADDR", "is not an address. Use host:port, such as 127.0.0.1:9090, or leave it empty to switch it off.")
		}
	}
	if !commandName.MatchString(cfg.Command) {
		c.add("CONF_COMMAND", commandFix)
	}
	if cfg.OpsChannel != "" && !regexp.MustCompile(`^[CG][A-Z0-9]{2,}$`).MatchString(cfg.OpsChannel) {
		c.add("CONF_OPS_CHANNEL", "is not a channel id. It starts with C; you find it at the end of the channel's details in Slack.")
	}
	return cfg, c.found
}

var commandName = regexp.MustCompile(`^/[a-z0-9_-]{1,31}$`)

const commandFix = "is not a slash command's name. Use a slash and up to 31 small letters, digits, - or _, such as /conf."

func trim(s secret) secret { return secret(strings.TrimSpace(string(s))) }

func (c *checker) tokens(cfg Config) {
	const where = "Basic Information → App-Level Tokens, scope connections:write."
	switch t := cfg.SlackAppToken; {
	case t == "":
		c.add("SLACK_APP_TOKEN", "is not set. It starts with xapp-: "+where)
	case t.startsWith("xoxb-"):
		c.add("SLACK_APP_TOKEN", "starts with xoxb-, which is the bot token. This one starts with xapp-: "+where)
	case !t.startsWith("xapp-"):
		c.add("SLACK_APP_TOKEN", "is not an app-level token. It starts with xapp-: "+where)
	}
	switch t := cfg.SlackBotToken; {
	case t == "":
		c.add("SLACK_BOT_TOKEN", "is not set. It starts with xoxb-: OAuth & Permissions → Bot User OAuth Token.")
	case t.startsWith("xapp-"):
		c.add("SLACK_BOT_TOKEN", "starts with xapp-, which is the app-level token. This one starts with xoxb-: OAuth & Permissions → Bot User OAuth Token.")
	case !t.startsWith("xoxb-"):
		c.add("SLACK_BOT_TOKEN", "is not a bot token. It starts with xoxb-: OAuth & Permissions → Bot User OAuth Token.")
	}
}

func (c *checker) audian(cfg Config) {
	const keys = "my.audian.com → Settings → API Keys"
	key, token, account := cfg.AudianAPIKey != "", cfg.AudianAuthToken != "", cfg.AudianAccountID != ""
	switch {
	case key && token:
		c.add("AUDIAN_AUTH_TOKEN", "is set together with AUDIAN_API_KEY. Set only one of them; the key is the better choice.")
	case token && !account:
		c.add("AUDIAN_AUTH_TOKEN", "is set without AUDIAN_ACCOUNT_ID. Set both, or only AUDIAN_API_KEY ("+keys+").")
	case !key && !token:
		c.add("AUDIAN_API_KEY", "is not set. You find it at "+keys+".")
	}
}

func (c *checker) url(name, value string) string {
	value = strings.TrimSpace(value)
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "" {
		c.add(name, "is not a web address. It starts with https:// and has no user name or question mark in it.")
		return ""
	}
	return value
}

func (c *checker) database(u secret) {
	s := u.reveal()
	switch {
	case strings.HasPrefix(s, "sqlite:") && len(s) > len("sqlite:"):
	case strings.HasPrefix(s, "postgres://"), strings.HasPrefix(s, "postgresql://"):
		c.add("CONF_DATABASE_URL", "names PostgreSQL, which this version can't use yet. Use a file: sqlite:/path/to/confbot.db.")
	default:
		c.add("CONF_DATABASE_URL", "is not understood. Use a file: sqlite:/path/to/confbot.db.")
	}
}

func (c *checker) dialIn(value string) []dialIn {
	var out []dialIn
	for _, item := range list(value) {
		label, number, ok := strings.Cut(item, "=")
		if !ok {
			label, number = "", item
		}
		number = regexp.MustCompile(`[\s().-]`).ReplaceAllString(number, "")
		if !regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`).MatchString(number) {
			c.add("CONF_DIAL_IN", "holds something that is not a phone number. Use +14155550100, or several as US=+14155550100,DE=+49301234567.")
			return nil
		}
		out = append(out, dialIn{strings.TrimSpace(label), number})
	}
	return out
}

func (c *checker) people(name, value string) []string {
	ids := list(value)
	for _, id := range ids {
		if !regexp.MustCompile(`^[UWS][A-Z0-9]{2,}$`).MatchString(id) {
			c.add(name, "holds something that is not a Slack id. Users start with U, user groups with S; you find a person's under their profile → … → Copy member ID.")
			return nil
		}
	}
	return ids
}

func (c *checker) oneOf(name, value string, allowed ...string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	for _, a := range allowed {
		if a == value {
			return a
		}
	}
	c.add(name, "is not understood. Use "+strings.Join(allowed, " or ")+".")
	return ""
}

func (c *checker) duration(name, value string, low, high time.Duration, example string) time.Duration {
	d, err := time.ParseDuration(strings.TrimSpace(value))
	if err != nil || d < low || d > high {
		c.add(name, fmt.Sprintf("is not a length of time from %s to %s. Use for example %s.", low, high, example))
	}
	return d
}

// list splits at commas and drops what is empty.
func list(value string) []string {
	var out []string
	for _, s := range strings.Split(value, ",") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
