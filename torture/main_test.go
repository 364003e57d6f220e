package torture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// long says that the long forms were asked for.
var long = os.Getenv("CONFBOT_TORTURE") == "1"

// either chooses between the short and the long form of a test.
func either[T any](short, longer T) T {
	if long {
		return longer
	}
	return short
}

const asEcho = "TORTURE_ECHO"

// TestMain runs the tests; as a child it is the empty app that the benchmarks
// compare with.
func TestMain(m *testing.M) {
	if os.Getenv(asEcho) != "" {
		if err := echo(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// echo is the least that an app on slack-go's own Socket Mode client can do:
// it acknowledges, and that is all.
func echo(ctx context.Context) error {
	client := socketmode.New(slack.New(os.Getenv("SLACK_BOT_TOKEN"),
		slack.OptionAppLevelToken(os.Getenv("SLACK_APP_TOKEN")), slack.OptionAPIURL(os.Getenv("SLACK_API_URL"))))
	go func() {
		for event := range client.Events {
			if event.Type == socketmode.EventTypeSlashCommand {
				_ = client.Ack(*event.Request)
			}
		}
	}()
	return client.RunContext(ctx)
}

// program builds the program once and answers its path. CONFBOT_BINARY names
// one that is there already.
var program = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("CONFBOT_BINARY"); path != "" {
		return path, nil
	}
	dir, err := os.MkdirTemp("", "confbot-torture-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "confbot")
	var said bytes.Buffer
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "confbot")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Stdout, build.Stderr = &said, &said
	if err := build.Run(); err != nil {
		return "", errors.Join(fmt.Errorf("go build: %w", err), errors.New(said.String()))
	}
	return path, nil
})
