package bot

import (
	"errors"

	"github.com/slack-go/slack"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
)

// words are the sentences that only this package has a need for; everything
// else is worded by blocks and comes in a Reply.
type words struct {
	command string // the slash command's name
}

func (w words) problem(err error, ref string) blocks.Message {
	return blocks.Problem(err, ref, blocks.ProblemOptions{Command: w.command})
}

// fault is a failure of ours; unsure leaves it open whether the wish was
// carried out.
func fault(cause error, unsure bool) error {
	return &conference.Error{Kind: conference.Internal, Unsure: unsure, Cause: cause}
}

// cannotPost says why something could not be posted where it was meant to go.
func (w words) cannotPost(at place) blocks.Message {
	text := "I'm not in that channel, so I can't post there. Send `/invite @confbot` in it, then try again."
	switch at {
	case placeArchived:
		text = "That channel is archived, so nobody can post there. Choose another one."
	case placeReadOnly:
		text = "I may not post in that channel. Ask somebody who looks after it, or choose another one."
	case placePerson:
		text = "I can't reach everybody whom I should have told: somebody has left or takes no messages from me."
	case placeNotIn, placeFine:
	}
	return plainMessage(text)
}

// maybePosted says that Slack did not tell whether it took a post.
func (w words) maybePosted(ref string) blocks.Message {
	return plainMessage("Slack didn't tell me whether it took my post. Look in the channel before you try again: it may be there. Ref " + ref + ".")
}

// forgotten says that a click worked in a list that does not change any more.
func (w words) forgotten() blocks.Message {
	return plainMessage("Done. The list that you clicked in is an old one, which I don't update any more. Type `" + w.command + " people` for a fresh one.")
}

// notShown says that Slack took a form badly; what was asked for is not undone
// by that.
func (w words) notShown(ref string) blocks.Message {
	return plainMessage("Slack didn't show the form that I sent. Try again; if that doesn't help, tell an admin the reference " + ref + ".")
}

// tooLate says that a form could not be opened in time.
func (w words) tooLate() blocks.Message {
	return plainMessage("Slack gave me no time to open the form. Nothing was changed. Try again.")
}

// formClosed says that a result has no form to be shown in any more.
func (w words) formClosed() blocks.Message {
	return plainMessage("You closed the form before I could show what came of it. Type `" + w.command + "` to look.")
}

// busy says that too much is waiting.
func (w words) busy() blocks.Message {
	return plainMessage("I have more to do than I can keep up with, so this was not done. Try again in a minute.")
}

// unread says that an interaction could not be understood.
func (w words) unread() blocks.Message {
	return plainMessage("I couldn't read what Slack sent me, so nothing was done. Try again, or type `" + w.command + " help`.")
}

func plainMessage(text string) blocks.Message {
	return blocks.Message{Text: text, Blocks: []slack.Block{
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, text, false, false), nil, nil),
	}}
}

// loading is shown while Audian is asked.
func (w words) loading(o commands.Origin) blocks.View {
	return blocks.Loading("", blocks.Meta{Channel: o.Channel, Thread: o.ThreadTS})
}

// form shows a message as a form, where the person is looking at one.
func (w words) form(m blocks.Message, o commands.Origin) blocks.View {
	if len(m.Blocks) == 0 {
		m = plainMessage(m.Text)
	}
	return blocks.InForm("", m, blocks.Meta{Channel: o.Channel, Thread: o.ThreadTS})
}

// outcomeOf is how an interaction ended, in a word for log and metrics.
func outcomeOf(err error) string {
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, errPanicked):
		return "panic"
	}
	return conference.KindOf(err).String()
}

var errPanicked = errors.New("a handler panicked")
