package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/kelseyhightower/envconfig"
)

// secret is a value from the environment that prints itself redacted.
type secret string

func (secret) Format(s fmt.State, _ rune)      { _, _ = io.WriteString(s, "[hidden]") }
func (secret) MarshalText() ([]byte, error)    { return []byte("[hidden]"), nil } //nolint:unparam // encoding.TextMarshaler
func (secret) LogValue() slog.Value            { return slog.StringValue("[hidden]") }
func (s secret) reveal() string                { return string(s) }
func (s secret) startsWith(prefix string) bool { return strings.HasPrefix(string(s), prefix) }

// environment is what the process was given, word for word. Every field is
// text, so that reading it cannot fail and all problems are found at once by
// check. The tags are the one list of variables; the README's table is held
// to it by a test.
type environment struct {
	SlackAppToken   secret `envconfig:"SLACK_APP_TOKEN" need:"yes" about:"The app-level token (xapp-…), scope connections:write"`
	SlackBotToken   secret `envconfig:"SLACK_BOT_TOKEN" need:"yes" about:"The bot token (xoxb-…)"`
	SlackAPIURL     string `envconfig:"SLACK_API_URL" default:"https://slack.com/api/" about:"Where Slack's Web API is; a sandbox's in tests"`
	AudianAPIKey    secret `envconfig:"AUDIAN_API_KEY" about:"The Audian API key; it also tells the account"`
	AudianAuthToken secret `envconfig:"AUDIAN_AUTH_TOKEN" about:"A ready token instead of the key, together with AUDIAN_ACCOUNT_ID"`
	AudianAccountID string `envconfig:"AUDIAN_ACCOUNT_ID" about:"The account that the ready token is for"`
	AudianBaseURL   string `envconfig:"AUDIAN_BASE_URL" default:"https://api.audian.com:8443/v2" about:"Where the Audian API is"`
	DatabaseURL     secret `envconfig:"CONF_DATABASE_URL" default:"sqlite:confbot.db" about:"Where confbot keeps what must survive a restart"`
	DialIn          string `envconfig:"CONF_DIAL_IN" about:"The numbers people dial: +14155550100, or US=+14155550100,DE=+49301234567"`
	Admins          string `envconfig:"CONF_ADMINS" about:"Slack users and user groups who may do everything; unset: the workspace's owners and admins"`
	Moderators      string `envconfig:"CONF_MODERATORS" about:"Slack users and user groups who moderate every conference"`
	Create          string `envconfig:"CONF_CREATE" default:"everyone" about:"Who may create conferences: everyone or moderators"`
	Show            string `envconfig:"CONF_SHOW" default:"all" about:"all, or adopted to hide conferences that nobody here looks after"`
	AllowExternal   string `envconfig:"CONF_ALLOW_EXTERNAL" default:"false" about:"Whether guests and people from other organisations may use it"`
	HTTPAddr        string `envconfig:"CONF_HTTP_ADDR" default:"127.0.0.1:9090" about:"Where /healthz, /readyz and /metrics are served; empty for nowhere"`
	CacheTTL        string `envconfig:"CONF_CACHE_TTL" default:"60s" about:"How old a looked-up conference may be"`
	LogLevel        string `envconfig:"CONF_LOG_LEVEL" default:"info" about:"debug, info, warn or error"`
	LogFormat       string `envconfig:"CONF_LOG_FORMAT" default:"text" about:"text or json"`
	Command         string `envconfig:"CONF_COMMAND" default:"/conf" about:"The slash command's name, if yours is another"`
	OpsChannel      string `envconfig:"CONF_OPS_CHANNEL" about:"A channel id that gets one edited message per outage"`
	Retention       string `envconfig:"CONF_RETENTION" default:"2160h" about:"How long audit, attendance and unused labels are kept"`
}

// Config is the checked configuration.
type Config struct {
	SlackAppToken, SlackBotToken secret
	SlackAPIURL                  string
	AudianAPIKey                 secret
	AudianAuthToken              secret
	AudianAccountID              string
	AudianBaseURL                string
	DatabaseURL                  secret
	DialIn                       []dialIn
	Admins, Moderators           []string
	CreateAll, HideUnadopted     bool
	AllowExternal                bool
	HTTPAddr                     string
	CacheTTL, Retention          time.Duration
	LogLevel                     slog.Level
	LogJSON                      bool
	Command                      string
	OpsChannel                   string
}

// dialIn is one number people dial.
type dialIn struct{ Label, Number string }

// problem is one thing to fix. It never holds the variable's value.
type problem struct{ Variable, Fix string }

// problems is everything that is wrong with the configuration.
type problems []problem

func (p problems) Error() string {
	var b strings.Builder
	things := "things"
	if len(p) == 1 {
		things = "thing"
	}
	fmt.Fprintf(&b, "confbot %s cannot start. %d %s to fix:\n", version(), len(p), things)
	width := 0
	for _, x := range p {
		width = max(width, len(x.Variable))
	}
	for _, x := range p {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, x.Variable, x.Fix)
	}
	return b.String()
}

// loadConfig reads the environment and, for secrets, the files that …_FILE
// variables name. On any problem it returns all of them, as problems.
func loadConfig() (Config, error) {
	var env environment
	if err := envconfig.Process("", &env); err != nil {
		return Config{}, errors.New("read the environment")
	}
	found := env.readFiles(os.LookupEnv, os.ReadFile)
	cfg, more := env.check()
	if found = append(found, more...); len(found) > 0 {
		return Config{}, found
	}
	return cfg, nil
}

// readFiles fills secrets from the files that NAME_FILE names.
func (e *environment) readFiles(lookup func(string) (string, bool), read func(string) ([]byte, error)) problems {
	var found problems
	for name, into := range map[string]*secret{
		"SLACK_APP_TOKEN": &e.SlackAppToken, "SLACK_BOT_TOKEN": &e.SlackBotToken,
		"AUDIAN_API_KEY": &e.AudianAPIKey, "AUDIAN_AUTH_TOKEN": &e.AudianAuthToken, "CONF_DATABASE_URL": &e.DatabaseURL,
	} {
		path, ok := lookup(name + "_FILE")
		if !ok || path == "" {
			continue
		}
		if v, set := lookup(name); set && v != "" {
			found = append(found, problem{name, "is set together with " + name + "_FILE. Set only one of them."})
			continue
		}
		content, err := read(path)
		if err != nil {
			found = append(found, problem{name + "_FILE", "names a file that I can't read. Check the path and its permissions."})
			continue
		}
		*into = secret(strings.TrimSpace(string(content)))
	}
	return found
}

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
