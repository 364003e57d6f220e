package main

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// clean gives the test an environment in which nothing of ours is set.
func clean(t *testing.T, set map[string]string) {
	t.Helper()
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		for _, ours := range []string{"SLACK_", "AUDIAN_", "CONF_"} {
			if strings.HasPrefix(name, ours) {
				t.Setenv(name, "")
				_ = os.Unsetenv(name)
			}
		}
	}
	for k, v := range set {
		t.Setenv(k, v)
	}
}

func with(more map[string]string) map[string]string {
	env := map[string]string{"SLACK_APP_TOKEN": "xapp-1-A1-1-secret", "SLACK_BOT_TOKEN": "xoxb-1-secret", "AUDIAN_API_KEY": "secret-key"}
	for k, v := range more {
		env[k] = v
	}
	return env
}

func TestConfigHasDefaultsForAllButThreeVariables(t *testing.T) {
	clean(t, with(nil))
	cfg, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	got := []any{cfg.SlackAPIURL, cfg.AudianBaseURL, cfg.HTTPAddr, cfg.CacheTTL, cfg.Retention, cfg.Command, cfg.CreateAll, cfg.HideUnadopted, cfg.AllowExternal, cfg.DatabaseURL.reveal()}
	want := []any{"https://slack.com/api/", "https://api.audian.com:8443/v2", "127.0.0.1:9090", time.Minute, 2160 * time.Hour, "/conf", true, false, false, "sqlite:confbot.db"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestConfigListsEveryProblemAtOnceAndNoValue(t *testing.T) {
	clean(t, map[string]string{
		"SLACK_APP_TOKEN": "xoxb-swapped", "SLACK_BOT_TOKEN": "xapp-swapped", "AUDIAN_AUTH_TOKEN": "tok-123", "AUDIAN_BASE_URL": "ftp://user:pw@x",
		"CONF_DIAL_IN": "12-34", "CONF_ADMINS": "ana", "CONF_CREATE": "nobody", "CONF_SHOW": "some", "CONF_ALLOW_EXTERNAL": "maybe",
		"CONF_HTTP_ADDR": "9090", "CONF_CACHE_TTL": "soon", "CONF_RETENTION": "1h", "CONF_LOG_LEVEL": "loud", "CONF_LOG_FORMAT": "xml",
		"CONF_COMMAND": "conf", "CONF_OPS_CHANNEL": "#ops", "CONF_DATABASE_URL": "postgres://u:hunter2@db/conf",
	})
	_, err := loadConfig()
	found, ok := errors.AsType[problems](err)
	if !ok {
		t.Fatalf("got %v, want problems", err)
	}
	var names []string
	for _, p := range found {
		names = append(names, p.Variable)
	}
	want := []string{
		"SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "AUDIAN_AUTH_TOKEN", "AUDIAN_BASE_URL", "CONF_DATABASE_URL", "CONF_DIAL_IN", "CONF_ADMINS", "CONF_CREATE",
		"CONF_SHOW", "CONF_ALLOW_EXTERNAL", "CONF_LOG_FORMAT", "CONF_CACHE_TTL", "CONF_RETENTION", "CONF_LOG_LEVEL", "CONF_HTTP_ADDR", "CONF_COMMAND", "CONF_OPS_CHANNEL",
	}
	if d := cmp.Diff(want, names); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	for _, value := range []string{"swapped", "tok-123", "pw", "12-34", "nobody", "hunter2", "loud", "#ops"} {
		if strings.Contains(err.Error(), value) {
			t.Errorf("the value %q is repeated in\n%s", value, err)
		}
	}
}

func TestConfigReadsSecretsFromFiles(t *testing.T) {
	path := t.TempDir() + "/token"
	if err := os.WriteFile(path, []byte("xoxb-from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := with(map[string]string{"SLACK_BOT_TOKEN_FILE": path})
	delete(env, "SLACK_BOT_TOKEN")
	clean(t, env)
	cfg, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	if cfg.SlackBotToken.reveal() != "xoxb-from-file" {
		t.Error("the file's token was not taken, or not trimmed")
	}

	t.Setenv("SLACK_BOT_TOKEN", "xoxb-both")
	if _, err := loadConfig(); err == nil || !strings.Contains(err.Error(), "Set only one") {
		t.Errorf("both set: got %v", err)
	}
	clean(t, with(map[string]string{"AUDIAN_API_KEY_FILE": path + "-gone", "AUDIAN_API_KEY": ""}))
	if _, err := loadConfig(); err == nil || !strings.Contains(err.Error(), "AUDIAN_API_KEY_FILE") {
		t.Errorf("a missing file: got %v", err)
	}
}

func TestConfigReadsListsAndSwitches(t *testing.T) {
	clean(t, with(map[string]string{
		"CONF_DIAL_IN": "US=+1 (415) 555-0100, DE=+4930123456", "CONF_ADMINS": " U1AB , S2CD ", "CONF_CREATE": "Moderators", "CONF_HTTP_ADDR": "",
		"SLACK_API_URL": "http://127.0.0.1:1/api", "CONF_LOG_LEVEL": "debug",
	}))
	cfg, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]dialIn{{"US", "+14155550100"}, {"DE", "+4930123456"}}, cfg.DialIn); d != "" {
		t.Errorf("dial-in (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{"U1AB", "S2CD"}, cfg.Admins); d != "" {
		t.Errorf("admins (-want +got)\n%s", d)
	}
	if cfg.CreateAll || cfg.HTTPAddr != "" || cfg.SlackAPIURL != "http://127.0.0.1:1/api/" {
		t.Errorf("got create all %v, address %q, url %q", cfg.CreateAll, cfg.HTTPAddr, cfg.SlackAPIURL)
	}
}

func TestSecretsPrintRedacted(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	log := newLogger(&b, Config{LogJSON: true})
	log.Info("x", "value", secret("xoxb-1"), "token", "plain-token", "cfg", Config{SlackBotToken: "xoxb-1"})
	if strings.Contains(b.String(), "xoxb-1") || strings.Contains(b.String(), "plain-token") {
		t.Errorf("a secret was logged: %s", b.String())
	}
}

func TestManifestCarriesTheCommandsName(t *testing.T) {
	clean(t, map[string]string{"CONF_COMMAND": "/call"})
	var out strings.Builder
	if err := runManifest(t.Context(), nil, &out, nil); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "command: /call\n") || strings.Contains(out.String(), "command: /conf\n") {
		t.Error("the manifest has another command")
	}
	t.Setenv("CONF_COMMAND", "/Not A Name")
	if err := runManifest(t.Context(), nil, &out, nil); err == nil {
		t.Error("a wrong name was taken")
	}
}
