package bolt

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	sandbox "confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
)

const (
	ana  = "U0ANA00001"
	team = "C0TEAM0001"
)

// patience covers the start of Node and, on a first run, the installation.
const patience = 5 * time.Minute

// node skips where there is no Node, except in CI, where that is a failure.
func node(t *testing.T) {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed, and CI has to run the Bolt app", tool)
		}
		t.Skipf("%s is not installed: the Bolt app is not run", tool)
	}
	if _, err := os.Stat("node_modules/@slack/bolt/package.json"); err == nil {
		return
	}
	out, err := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund").CombinedOutput()
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("npm ci: %v\n%s", err, out)
		}
		t.Skipf("npm ci does not get the packages here (%v): the Bolt app is not run", err)
	}
}

// run starts the app and waits until it is connected.
func run(t *testing.T) *control.Client {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), "node", "app.mjs") // it is asked to end, below
	cmd.Env = append(os.Environ(), "SLACK_BOT_TOKEN="+s.BotToken(), "SLACK_APP_TOKEN="+s.AppToken(), "SLACK_API_URL="+s.APIURL())
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if strings.TrimSpace(line) != "connected" {
		t.Fatalf("the app said %q (%v)\n%s", line, err, complaints.String())
	}
	t.Cleanup(func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, lines)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the app ended with %v\n%s", err, complaints.String())
		}
	})
	return control.New(s.ControlURL(), nil)
}

func TestABoltAppWorksAgainstTheSandbox(t *testing.T) {
	node(t)
	people := run(t)
	t.Run("a command, a button and an update", func(t *testing.T) {
		typed(t, people, "/conf lunch")
		screen := wait(t, people, func(s *control.Screen) bool {
			return s.Says(team, "Vote on lunch") != nil && s.Private(team, "Only you can read this.") != nil
		})
		_, err := people.Click(t.Context(), control.Click{
			User: ana, Container: control.Container{Channel: team, MessageTS: screen.Says(team, "Vote on lunch").TS}, BlockID: "votes", ActionID: "vote",
		})
		if err != nil {
			t.Fatal(err)
		}
		wait(t, people, func(s *control.Screen) bool { return s.Says(team, "Thanks for voting.") != nil })
	})
	t.Run("a form with a field error", func(t *testing.T) {
		typed(t, people, "/conf form")
		form := wait(t, people, func(s *control.Screen) bool { return s.Top() != nil }).Top()
		if out := submit(t, people, form.ID, "bad"); out.Errors["name"] != "That name is taken." {
			t.Errorf("submitting a taken name came to %+v, want an error on name", out)
		}
		if out := submit(t, people, form.ID, "good"); !out.OK {
			t.Errorf("submitting a good name came to %+v, want ok", out)
		}
		wait(t, people, func(s *control.Screen) bool { return s.Top() == nil && s.Says("", "Got it.") != nil })
	})
	t.Run("App Home", func(t *testing.T) {
		if _, err := people.Home(t.Context(), ana, "home"); err != nil {
			t.Fatal(err)
		}
		wait(t, people, func(s *control.Screen) bool { return s.Home != nil && s.Home.Says("At home") })
	})
	screen, err := people.View(t.Context(), ana)
	if err != nil || len(screen.Notices) > 0 {
		t.Errorf("Ana was told %+v (%v), want nothing", screen.Notices, err)
	}
}

func typed(t *testing.T, people *control.Client, text string) {
	t.Helper()
	done, err := people.Type(t.Context(), control.Typed{User: ana, Channel: team, Text: text})
	if err != nil || !done.OK {
		t.Fatalf("type %q: %+v, %v", text, done, err)
	}
}

func submit(t *testing.T, people *control.Client, view, name string) *control.Submitted {
	t.Helper()
	out, err := people.Submit(t.Context(), control.Submission{
		User: ana, ViewID: view, Values: control.Values{"name": {"value": []byte(`{"value":"` + name + `"}`)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wait(t *testing.T, people *control.Client, wanted func(*control.Screen) bool) *control.Screen {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	screen, err := people.WaitFor(ctx, ana, wanted)
	if err != nil {
		t.Fatal(err)
	}
	return screen
}
