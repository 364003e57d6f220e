package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"
)

// identity is who we are in the workspace.
type identity struct {
	team string // the workspace's id
	name string // the workspace's name
	user string // our bot user
	app  string // our app; "" where Slack did not say
}

// me is who we are, as far as it is known.
func (b *Bot) me() identity {
	if i := b.identity.Load(); i != nil {
		return *i
	}
	return identity{}
}

// Workspace returns the id and the name of the workspace, once Slack has told.
func (b *Bot) Workspace() (id, name string) { return b.me().team, b.me().name }

// identify asks Slack who we are until it answers. It reports false when ctx
// ended first.
func (b *Bot) identify(ctx context.Context) bool {
	var pause backoff
	for {
		err := b.whoAmI(ctx)
		if err == nil {
			return true
		}
		if !sleep(ctx, b.connections.afterFailure(ctx, err, &pause)) {
			return false
		}
	}
}

// Sources: https://docs.slack.dev/reference/methods/auth.test and
// https://docs.slack.dev/reference/methods/bots.info
func (b *Bot) whoAmI(running context.Context) error {
	ctx, cancel := context.WithTimeout(running, openTimeout)
	defer cancel()
	var us *slack.AuthTestResponse
	err := b.web.call(ctx, "auth.test", func(ctx context.Context) (err error) {
		us, err = b.web.api.AuthTestContext(ctx)
		return err
	})
	if unknownMethod(err) {
		us, err = &slack.AuthTestResponse{}, nil
	}
	if err != nil {
		return fmt.Errorf("auth.test: %w", withoutURL(err))
	}
	b.identity.Store(&identity{team: us.TeamID, name: us.Team, user: us.UserID})
	if us.TeamID == "" || us.UserID == "" {
		b.log.Warn("Slack does not say who we are; I work without knowing", "team", us.TeamID)
		return nil
	}
	b.log.Info("Slack knows us", "workspace", us.Team, "team", us.TeamID, "user", us.User)
	b.loops.Go(func() { b.learnApp(running, us.BotID) })
	return nil
}

// elsewhere reports whether something comes from a workspace that is not
// ours, as far as both are known. An enterprise's id (E…) stands for any of
// its workspaces; who is from where is then told by the person.
func (b *Bot) elsewhere(team string) bool {
	ours := b.me().team
	return team != "" && ours != "" && team != ours && !strings.HasPrefix(team, "E")
}

// learnApp finds out which app the bot token belongs to. Not knowing it costs
// a warning only.
func (b *Bot) learnApp(ctx context.Context, bot string) {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	var info *slack.Bot
	err := b.web.call(ctx, "bots.info", func(ctx context.Context) (err error) {
		info, err = b.web.api.GetBotInfoContext(ctx, slack.GetBotInfoParameters{Bot: bot})
		return err
	})
	if err != nil || info == nil || info.AppID == "" {
		b.log.Debug("Slack does not say which app the bot token belongs to", "error", err)
		return
	}
	me := b.me()
	me.app = info.AppID
	b.identity.Store(&me)
	b.compareApps()
}

// greeted takes note of the app that a connection is for.
func (b *Bot) greeted(h hello) {
	if app := h.ConnectionInfo.AppID; app != "" {
		b.connectedApp.Store(&app)
	}
	b.compareApps()
}

// compareApps says once, clearly, when the two tokens belong to two apps: then
// commands arrive at one app and answers come from the other.
func (b *Bot) compareApps() {
	ours, of := b.me().app, b.connectedApp.Load()
	if ours == "" || of == nil || *of == "" || ours == *of {
		return
	}
	b.mismatch.Do(func() {
		b.log.Error("SLACK_APP_TOKEN and SLACK_BOT_TOKEN belong to two different apps; take both from the same one",
			"app_token_of", *of, "bot_token_of", ours)
	})
}

// appOf reads the app's id out of an app-level token: xapp-1-A0…-….
func appOf(token string) string {
	parts := strings.Split(token, "-")
	if len(parts) < 4 || !strings.HasPrefix(parts[2], "A") {
		return ""
	}
	return parts[2]
}
