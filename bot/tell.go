package bot

import (
	"context"

	"confbot/commands"
	"confbot/conference"
)

// Tell delivers what nobody's interaction asked for at this moment: lines in
// threads, posts and direct messages. What cannot be delivered is logged.
func (b *Bot) Tell(ctx context.Context, r commands.Reply) {
	failed := func(what string, err error) {
		if err != nil {
			b.log.WarnContext(ctx, "something could not be told", "what", what, "error", withoutURL(err))
		}
	}
	for _, l := range r.Lines {
		failed("a line in a thread", b.board.line(ctx, l))
	}
	for _, p := range r.Posts {
		_, err := b.post.post(ctx, p.Channel, "", p.Message)
		failed("a post", err)
	}
	for _, d := range r.Direct {
		failed("a direct message", b.post.direct(ctx, d.User, d.Message))
	}
	for _, id := range r.Touch {
		b.Redraw(conference.ID(id))
	}
}
