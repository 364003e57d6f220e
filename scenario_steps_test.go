package main

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// kind is one kind of line of a transcript.
type kind struct {
	shape *regexp.Regexp
	act   bool // something happens: what is expected next must be newer
	run   func(s *scenario, ctx context.Context, m []string) error
}

// kinds are all of them, the first that fits counts.
var kinds = []kind{
	// What people do.
	{re(`(\w+) #([\w-]+)( thread)?> (.+)`), true, (*scenario).types},
	{re(`(\w+) clicks( old)? \[(.+?)\](?: on "(.+?)")?( and confirms)?`), true, (*scenario).clicks},
	{re(`(\w+) keeps \[(.+?)\](?: on "(.+?)")? as (\w+)`), false, (*scenario).keeps},
	{re(`(\w+) clicks kept (\w+)`), true, (*scenario).clicksKept},
	{re(`(\w+) chooses "(.+?)"`), true, (*scenario).chooses},
	{re(`(\w+) finds "(.+?)" and picks "(.+?)"`), true, (*scenario).finds},
	{re(`form (\w+) "(.+?)": (.+)`), true, (*scenario).fills},
	{re(`(\w+) closes the form`), true, (*scenario).closes},
	{re(`(\w+) goes back`), true, (*scenario).goesBack},
	{re(`(\w+) opens home`), true, (*scenario).opensHome},
	{re(`(\w+) uses shortcut "(.+?)"(?: on "(.+?)")?`), true, (*scenario).usesShortcut},
	{re(`(\w+) (joins|leaves|invites confbot to) #([\w-]+)`), true, (*scenario).moves},

	// What they see: newer than the last act, or still there, or never.
	{re(`#([\w-]+)( thread)?( still| never)?< (.+)`), false, (*scenario).seesPublic},
	{re(`only (\w+)(?: #([\w-]+))?( thread)?( still| never)?< (.+)`), false, (*scenario).seesPrivate},
	{re(`(?:dm (\w+)|#([\w-]+)( thread)?) once< (.+)`), false, (*scenario).seesOnce},
	{re(`dm (\w+)( still| never)?< (.+)`), false, (*scenario).seesDM},
	{re(`form (\w+)( still| never)?< (.+)`), false, (*scenario).seesForm},
	{re(`form (\w+) is closed`), false, (*scenario).seesNoForm},
	{re(`form (\w+) has (.+?): (.+)`), false, (*scenario).entered},
	{re(`(\w+) has (\d) forms?`), false, (*scenario).formsOpen},
	{re(`home (\w+)( still)?< (.+)`), false, (*scenario).seesHome},
	{re(`field (\w+) (.+?)< (.+)`), false, (*scenario).seesFieldError},
	{re(`notice (\w+)< (.+)`), false, (*scenario).seesNotice},

	// Telephones and what is true on the line.
	{re(`phone (.+?)(?: from (\S+))? dials (.+?)(?: with (\S+))?`), true, (*scenario).dials},
	{re(`phone (.+?) hangs up`), true, (*scenario).hangsUp},
	{re(`phone (.+?) presses (\S+)`), true, (*scenario).presses},
	{re(`phone (.+?)< (.+)`), false, (*scenario).hears},
	{re(`line (.+?)< (.+)`), false, (*scenario).lineIs},
	{re(`document (.+?)< (.+)`), false, (*scenario).documentIs},

	// The stage.
	{re(`audian: deletes (.+)`), true, (*scenario).deletesBehind},
	{re(`audian: (.+)`), true, (*scenario).stagesAudian},
	{re(`audian asked< (.+)`), false, (*scenario).audianWasAsked},
	{re(`slack: (removes confbot from|archives|unarchives|closes|opens|shares|deletes) #([\w-]+)`), true, (*scenario).changesChannel},
	{re(`slack: (\w+) (leaves|becomes a guest)`), true, (*scenario).changesPerson},
	{re(`slack: (.+)`), true, (*scenario).stagesSlack},
	{re(`slack connected`), false, (*scenario).connected},
	{re(`slack acked< (.+)`), false, (*scenario).slackWasAcked},
	{re(`(start|restart|kill|stop) bot`), true, (*scenario).runsBot},
	{re(`reminders are due now`), true, (*scenario).remindsNow},
	{re(`planned in #([\w-]+): due now(?:, (\d+) minutes late)?`), true, (*scenario).passesTime},
	{re(`the bot was away for (\d+) minutes`), true, (*scenario).wasAway},
	{re(`the minute is young`), true, (*scenario).waitsForMinute},
	{re(`set (\w+)=(.*)`), false, (*scenario).sets},
	{re(`log( never)?< (.+)`), false, (*scenario).logSays},
	{re(`\$ confbot ?(.*)`), true, (*scenario).runsCommand},
	{re(`exit (\d+)`), false, (*scenario).exited},
	{re(`(stdout|stderr)( never)?< (.+)`), false, (*scenario).printed},
}

// stage are lines that come before the bot is started.
var stage = regexp.MustCompile(`^(audian:|slack:|start bot|set |\$ confbot|exit|stdout|stderr)`)

func re(shape string) *regexp.Regexp { return regexp.MustCompile(`^` + shape + `$`) }

// within at the end of a line changes how long it may wait.
var within = regexp.MustCompile(`^(.*) \(within (\d+)s\)$`)

// step plays one line.
func (s *scenario) step(ctx context.Context, line string) error {
	line = strings.TrimSpace(line)
	if line == "" || strings.HasPrefix(line, "# ") || line == "#" {
		return nil
	}
	patience := s.patient
	if m := within.FindStringSubmatch(line); m != nil {
		seconds, _ := strconv.Atoi(m[2])
		line, patience = m[1], time.Duration(seconds)*time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, k := range kinds {
		m := k.shape.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if s.waits && !stage.MatchString(line) {
			s.waits = false
			if err := s.startBot(ctx); err != nil {
				return err
			}
		}
		if k.act {
			if err := s.remember(ctx); err != nil {
				return err
			}
		}
		return k.run(s, ctx, m)
	}
	return fmt.Errorf("no kind of line looks like this; see testdata/scenarios/README.md")
}

// remember notes what is on everybody's screen before something happens, and
// which secrets there are by now.
func (s *scenario) remember(ctx context.Context) error {
	clear(s.seen)
	for _, name := range s.cast {
		screen, err := s.people.View(ctx, s.users[name])
		if err != nil {
			return err
		}
		for _, p := range printsOf(screen) {
			s.seen[p] = true
		}
	}
	s.secret.note(s.audian.State())
	return nil
}

func (s *scenario) user(name string) (string, error) {
	if id, ok := s.users[name]; ok {
		return id, nil
	}
	return "", fmt.Errorf("nobody is called %q", name)
}

func (s *scenario) channel(name string) (string, error) {
	if id, ok := s.channels[name]; ok {
		return id, nil
	}
	return "", fmt.Errorf("there is no channel #%s", name)
}

func (s *scenario) runsBot(ctx context.Context, m []string) error {
	s.waits = false
	switch m[1] {
	case "kill":
		s.bot.kill()
		return nil
	case "stop":
		return s.bot.stop(ctx)
	case "restart":
		if err := s.bot.stop(ctx); err != nil {
			return err
		}
	}
	return s.startBot(ctx)
}

func (s *scenario) sets(_ context.Context, m []string) error {
	s.bot.with(m[1], s.filled(m[2]))
	return nil
}

func (s *scenario) logSays(ctx context.Context, m []string) error {
	if m[1] != "" {
		if s.match(m[2], s.bot.log()) {
			return fmt.Errorf("the log says it")
		}
		return nil
	}
	if poll(ctx, func() bool { return s.match(m[2], s.bot.log()) }) != nil {
		return fmt.Errorf("the log never said it")
	}
	return nil
}

func (s *scenario) runsCommand(ctx context.Context, m []string) error {
	s.cli = s.bot.runOnce(ctx, m[1])
	return nil
}

func (s *scenario) exited(_ context.Context, m []string) error {
	if m[1] != strconv.Itoa(s.cli.code) {
		return fmt.Errorf("it exited with %d\n%s%s", s.cli.code, s.cli.out, s.cli.errs)
	}
	return nil
}

func (s *scenario) printed(_ context.Context, m []string) error {
	text := s.cli.out
	if m[1] == "stderr" {
		text = s.cli.errs
	}
	if s.match(m[3], text) == (m[2] != "") {
		return fmt.Errorf("it printed\n%s", text)
	}
	return nil
}
