package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestTheSandboxPrintsWhatAClientNeeds(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	code := make(chan int, 1)
	go func() { code <- run(ctx, []string{"sandbox", "-dialect", "kazoo"}, write, io.Discard) }()
	said := ""
	for lines := bufio.NewScanner(read); strings.Count(said, "Control API: ") < 2 && lines.Scan(); {
		said += lines.Text() + "\n"
	}
	find := func(pattern string) string {
		m := regexp.MustCompile(pattern).FindStringSubmatch(said)
		if m == nil {
			t.Fatalf("nothing like %s in:\n%s", pattern, said)
		}
		return m[1]
	}
	for _, pattern := range []string{`SLACK_API_URL=(http\S+/api/)`, `SLACK_BOT_TOKEN=(xoxb-\S+)`, `SLACK_APP_TOKEN=(xapp-\S+)`, `AUDIAN_API_KEY=(\S+)`, `Dialect (kazoo)`} {
		find(pattern)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, find(`AUDIAN_BASE_URL=(\S+)`)+"/accounts/"+find(`Account (\w+)`)+"/conferences", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Auth-Token", find(`token for an hour: (\S+)`))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("the token is answered with %d", resp.StatusCode)
	}
	stop()
	if got := <-code; got != exitFine {
		t.Errorf("exit code %d", got)
	}
}

func TestHelpOnTheSandboxNamesItsFlags(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sandbox", "demo"} {
		var said strings.Builder
		if code := run(t.Context(), []string{name, "-h"}, io.Discard, &said); code != exitFine || !strings.Contains(said.String(), "kazoo") {
			t.Errorf("%s: exit code %d, %q", name, code, said.String())
		}
	}
}
