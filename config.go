package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
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

	now func() time.Time // the demo's clock; nil is the real one
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
