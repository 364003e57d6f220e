package bot

import (
	"context"
	"fmt"
	"testing"

	"confbot/announce"
	sandbox "confbot/sandbox/slack"
)

func TestWhatBecomesOfAChannelIsPassedOnAndNotRemembered(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{})
	heard := make(chan string, 1)
	y.bot.changes = func(_ context.Context, channel, name string, why announce.Trouble) error {
		heard <- fmt.Sprintf("%s %s %s", channel, name, why)
		return nil
	}
	y.run()
	d := y.bot.Directory()
	if _, err := d.Channel(y.ctx, teamRoom); err != nil {
		t.Fatal(err)
	}
	for event, why := range channelEvents {
		y.bot.channelChanged(teamRoom, event)
		if got, want := <-heard, teamRoom+" team "+string(why); got != want {
			t.Errorf("%s: heard %q, want %q", event, got, want)
		}
		if _, known := d.channels.kept(teamRoom); known {
			t.Errorf("%s: the channel is still believed to be what it was", event)
		}
		if _, err := d.Channel(y.ctx, teamRoom); err != nil {
			t.Fatal(err)
		}
	}
}
