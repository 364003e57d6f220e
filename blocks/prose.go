package blocks

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"confbot/conference"
)

// prose writes one passage twice as it goes: as rich text, where a foreign
// name cannot do harm, and as the words of the top-level text. Its methods
// return it, so that a sentence reads as one.
type prose struct {
	rich []slack.RichTextSectionElement
	text strings.Builder
}

func say(s string) *prose { return new(prose).say(s) }

// say adds words of our own.
func (p *prose) say(s string) *prose { return p.both(s, s) }

// both adds words of our own that are heard differently than seen.
func (p *prose) both(seen, heard string) *prose {
	p.seen(seen, nil)
	p.text.WriteString(escapeOurs(heard))
	return p
}

// heard adds words to the top-level text alone.
func (p *prose) heard(s string) *prose { return p.both("", s) }

// bold adds emphasised words of our own.
func (p *prose) bold(s string) *prose {
	p.seen(s, &slack.RichTextSectionTextStyle{Bold: true})
	p.text.WriteString(escapeOurs(s))
	return p
}

// name adds somebody's or something's name in bold.
func (p *prose) name(s string) *prose {
	s = name(s, CardName)
	p.seen(s, &slack.RichTextSectionTextStyle{Bold: true})
	p.text.WriteString(escape(s))
	return p
}

// quote adds foreign words, in quotation marks.
func (p *prose) quote(s string) *prose {
	s = quoted(s)
	p.seen(s, nil)
	p.text.WriteString(escape(s))
	return p
}

// foreign adds foreign words as they are, without emphasis.
func (p *prose) foreign(s string) *prose { return p.foreignLong(s, CardName) }

// foreignLong is foreign for what may be longer than a name.
func (p *prose) foreignLong(s string, most int) *prose {
	s = name(s, most)
	p.seen(s, nil)
	p.text.WriteString(escape(s))
	return p
}

// code adds something to be typed.
func (p *prose) code(s string) *prose {
	s = clean(s)
	p.seen(s, &slack.RichTextSectionTextStyle{Code: true})
	p.text.WriteString(escapeOurs(s))
	return p
}

// pin adds a PIN, unbroken.
func (p *prose) pin(n conference.PIN) *prose { return p.code(digitsOf(n.Digits())) }

// user adds a member of the workspace: the name where it is known, else a
// mention, which Slack draws as the name.
func (p *prose) user(id string, names map[string]string) *prose {
	if n := names[id]; clean(n) != "" {
		n = name(n, RowName)
		p.seen(n, nil)
		p.text.WriteString(escape(n))
		return p
	}
	p.rich = append(p.rich, slack.NewRichTextSectionUserElement(id, nil))
	p.text.WriteString("<@" + id + ">")
	return p
}

// users adds people as a sentence lists them: "Ana, Bo and Cleo".
func (p *prose) users(ids []string, names map[string]string) *prose {
	for i, id := range ids {
		switch {
		case i > 0 && i == len(ids)-1:
			p.say(" and ")
		case i > 0:
			p.say(", ")
		}
		p.user(id, names)
	}
	return p
}

// channel adds a channel.
func (p *prose) channel(id string) *prose {
	p.rich = append(p.rich, slack.NewRichTextSectionChannelElement(id, nil))
	p.text.WriteString("<#" + id + ">")
	return p
}

// in adds a channel by its name where that is known, since a name can be
// heard, else as a link.
func (p *prose) in(id, channelName string) *prose {
	if clean(channelName) == "" && id != "" {
		return p.channel(id)
	}
	return p.foreign("#" + channelName)
}

// at adds a time of day in each reader's own zone; heard with its place.
func (p *prose) at(t time.Time, loc *time.Location) *prose { return p.date(t, tokenTime, loc) }

func (p *prose) date(t time.Time, format string, loc *time.Location) *prose {
	p.rich = append(p.rich, dateElement(t, format, loc))
	p.text.WriteString(escapeOurs(fallback(t, format, loc)))
	return p
}

// bare adds a time of day without the words for clients that cannot draw it:
// in rows every character counts, and the top-level text has the time of
// reading.
func (p *prose) bare(t time.Time, loc *time.Location) *prose {
	p.rich = append(p.rich, slack.NewRichTextSectionDateElement(t.Unix(), tokenTime, nil, nil))
	p.text.WriteString(clockIn(t, loc))
	return p
}

// emoji adds a sign that is seen only; the words beside it say the same.
func (p *prose) emoji(name string) *prose {
	p.rich = append(p.rich, slack.NewRichTextSectionEmojiElement(name, 0, nil))
	return p
}

func (p *prose) add(q *prose) *prose {
	for _, e := range q.rich {
		if t, ok := e.(*slack.RichTextSectionTextElement); ok {
			p.seen(t.Text, t.Style)
		} else {
			p.rich = append(p.rich, e)
		}
	}
	p.text.WriteString(q.text.String())
	return p
}

func (p *prose) seen(s string, style *slack.RichTextSectionTextStyle) {
	if s == "" {
		return
	}
	if n := len(p.rich); style == nil && n > 0 {
		if last, ok := p.rich[n-1].(*slack.RichTextSectionTextElement); ok && last.Style == nil {
			p.rich[n-1] = slack.NewRichTextSectionTextElement(last.Text+s, nil)
			return
		}
	}
	p.rich = append(p.rich, slack.NewRichTextSectionTextElement(s, style))
}

// words is what is heard.
func (p *prose) words() string { return p.text.String() }

// block is what is seen.
func (p *prose) block() *slack.RichTextBlock {
	return slack.NewRichTextBlock("", slack.NewRichTextSection(slices.Clone(p.rich)...))
}

// message is a message of this passage and what is below it.
func (p *prose) message(below ...slack.Block) Message {
	return Message{Text: cut(strings.TrimSpace(p.words()), MaxText), Blocks: append([]slack.Block{p.block()}, present(below)...)}
}

// escapeOurs escapes our own words, in which signs stand for themselves.
func escapeOurs(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// present drops the blocks that a view decided not to draw.
func present(blocks []slack.Block) []slack.Block {
	kept := make([]slack.Block, 0, len(blocks))
	for _, b := range blocks {
		if b != nil {
			kept = append(kept, b)
		}
	}
	return kept
}
