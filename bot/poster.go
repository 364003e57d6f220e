package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"confbot/blocks"
	"confbot/conference"
)

// postMark is the metadata field by which a message of ours is recognised
// when no answer came to posting it.
const postMark = "post"

// How posting is paced: Slack takes about one message a second in a channel
// and short bursts.
const (
	postEvery = time.Second
	postBurst = 4
	lookAgain = 2 * time.Second // a message may land a little after the failure
	maxPaces  = 1000            // channels whose pace is remembered
)

// poster posts messages.
type poster struct {
	web   *web
	mu    sync.Mutex
	paces map[string]*rate.Limiter
	dms   map[string]string // person → their conversation with us
}

func newPoster(w *web) *poster {
	return &poster{web: w, paces: map[string]*rate.Limiter{}, dms: map[string]string{}}
}

// post sends a message into a channel, or into a thread there, and returns its
// ts. When no answer comes it looks whether the message landed, and posts
// again only if it did not. Where it may not look, the error says that it is
// not certain (conference.IsUnsure).
//
// Source: https://docs.slack.dev/messaging/message-metadata
func (p *poster) post(ctx context.Context, channel, thread string, m blocks.Message) (ts string, err error) {
	mark := rand.Text()
	begun := time.Now()
	for range 2 {
		ts, err = p.send(ctx, channel, thread, m, mark)
		if !unsure(err) {
			return ts, err
		}
		landed, ts, lookErr := p.look(ctx, channel, thread, mark, begun)
		if lookErr != nil {
			cause := fmt.Errorf("chat.postMessage: %w; cannot look whether it landed: %w", withoutURL(err), withoutURL(lookErr))
			return "", &conference.Error{Kind: conference.Unavailable, Unsure: true, Cause: cause}
		}
		if landed {
			return ts, nil
		}
	}
	return "", err
}

func (p *poster) send(ctx context.Context, channel, thread string, m blocks.Message, mark string) (ts string, err error) {
	if err := p.pace(channel).Wait(ctx); err != nil {
		return "", &slack.RateLimitedError{RetryAfter: postEvery}
	}
	options := append(content(m), slack.MsgOptionMetadata(marked(m.Metadata, mark)))
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	err = p.web.call(ctx, "chat.postMessage", func(ctx context.Context) error {
		_, ts, err = p.web.api.PostMessageContext(ctx, channel, options...)
		return err
	})
	return ts, err
}

// content is a message's text and blocks; nothing in it is unfolded.
func content(m blocks.Message) []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
}

// marked adds the mark to a message's metadata.
func marked(m *slack.SlackMetadata, mark string) slack.SlackMetadata {
	out := slack.SlackMetadata{EventType: "confbot_message", EventPayload: map[string]any{}}
	if m != nil {
		out.EventType = first(m.EventType, out.EventType)
		maps.Copy(out.EventPayload, m.EventPayload)
	}
	out.EventPayload[postMark] = mark
	return out
}

// look searches the channel, or the thread, for a message with the mark.
func (p *poster) look(ctx context.Context, channel, thread, mark string, since time.Time) (landed bool, ts string, err error) {
	for attempt := range 2 {
		if attempt > 0 && !sleep(ctx, lookAgain) {
			return false, "", ctx.Err()
		}
		var messages []slack.Message
		if messages, err = p.recent(ctx, channel, thread, since); err != nil {
			return false, "", err
		}
		for _, m := range messages {
			if m.Metadata.EventPayload[postMark] == mark {
				return true, m.Timestamp, nil
			}
		}
	}
	return false, "", nil
}

// recent reads what was posted since a moment. The clocks may differ a little.
func (p *poster) recent(ctx context.Context, channel, thread string, since time.Time) (found []slack.Message, err error) {
	oldest := fmt.Sprintf("%d.000000", since.Add(-time.Minute).Unix())
	if thread != "" {
		err = p.web.read(ctx, "conversations.replies", func(ctx context.Context) error {
			found, _, _, err = p.web.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: channel, Timestamp: thread, Oldest: oldest, Limit: 200, IncludeAllMetadata: true,
			})
			return err
		})
		return found, err
	}
	err = p.web.read(ctx, "conversations.history", func(ctx context.Context) error {
		history, err := p.web.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Oldest: oldest, Limit: 200, IncludeAllMetadata: true,
		})
		if err == nil {
			found = history.Messages
		}
		return err
	})
	return found, err
}

// pace returns a channel's limiter.
func (p *poster) pace(channel string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	limiter, ok := p.paces[channel]
	if !ok {
		if len(p.paces) >= maxPaces {
			clear(p.paces) // Slack's own limit still holds
		}
		limiter = rate.NewLimiter(rate.Every(postEvery), postBurst)
		p.paces[channel] = limiter
	}
	return limiter
}

// direct sends a message to somebody's own conversation with us.
func (p *poster) direct(ctx context.Context, user string, m blocks.Message) error {
	channel, err := p.dm(ctx, user)
	if err != nil {
		return fmt.Errorf("open a conversation: %w", err)
	}
	_, err = p.post(ctx, channel, "", m)
	return err
}

func (p *poster) dm(ctx context.Context, user string) (channel string, err error) {
	p.mu.Lock()
	channel = p.dms[user]
	p.mu.Unlock()
	if channel != "" {
		return channel, nil
	}
	err = p.web.call(ctx, "conversations.open", func(ctx context.Context) error {
		opened, _, _, err := p.web.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
		if err == nil && opened == nil {
			return errors.New("conversations.open: no channel in the answer")
		}
		if err == nil {
			channel = opened.ID
		}
		return err
	})
	if unknownMethod(err) || slackCode(err) == "missing_scope" || (err == nil && channel == "") {
		return user, nil // chat.postMessage takes a person's id too
	}
	if err == nil {
		p.mu.Lock()
		p.dms[user] = channel
		p.mu.Unlock()
	}
	return channel, err
}

// ephemeral shows a message to one person in a channel, in a thread there if
// one is named.
func (p *poster) ephemeral(ctx context.Context, channel, thread, user string, m blocks.Message) error {
	options := content(m)
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	return p.web.call(ctx, "chat.postEphemeral", func(ctx context.Context) error {
		_, err := p.web.api.PostEphemeralContext(ctx, channel, user, options...)
		return err
	})
}

// update draws a message anew.
func (p *poster) update(ctx context.Context, channel, ts string, m blocks.Message) error {
	return p.web.call(ctx, "chat.update", func(ctx context.Context) error {
		_, _, _, err := p.web.api.UpdateMessageContext(ctx, channel, ts, content(m)...)
		return err
	})
}
