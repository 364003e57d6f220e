package blocks

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// PreviewData is an announcement before it is stored.
type PreviewData struct {
	Card          CardData // as the channel will see it
	Rule          string   // "Every Monday at 09:30": starts, in the announcement's zone; no place
	Zone          *time.Location
	PostAt        string // "09:25"; "" where it is posted when it starts
	PostDayBefore bool   // PostAt is on the day before the start
	Channel       string // Slack channel
	ChannelName   string
	Members       int
	Guests        int
	Shared        bool        // with another organisation
	NotIn         bool        // a private channel that confbot is not in
	Next          []time.Time // when the next posts go out
	Dated         bool        // the zone's clocks change: say that it stays
	ZoneFrom      string      // "from your Slack profile"; "" where it was chosen
	OtherZone     *time.Location
	NewPIN        bool
	Reader        Reader
	Meta          Meta
	Value         string // the draft's id, for buttons of a message
	Edited        bool   // it changes an announcement that there is
}

// what says when and where, and how many people will see the PIN there.
func (d PreviewData) what() *prose {
	p := say(d.Rule + " " + place(d.Zone) + " time")
	if d.PostAt != "" {
		p.say(", posted at " + d.PostAt)
		if d.PostDayBefore {
			p.say(" the day before")
		}
	}
	p.say(" in ").in(d.Channel, d.ChannelName)
	if d.Members > 0 {
		p.say(", which has " + people(d.Members))
		if d.Guests > 0 {
			p.say(", " + plural(d.Guests, "of them a guest", "of them guests"))
		}
	}
	p.say(".")
	if !d.Shared && (d.Guests > 0 || d.Members > 100) {
		p.say(" All of them will see the number and the PIN.")
	}
	return p
}

// posts are the next posts in the reader's zone.
func (d PreviewData) posts() []string {
	lines := make([]string, 0, 3)
	for _, t := range d.Next[:min(len(d.Next), 3)] {
		day := shortDay(t, d.Reader.Zone)
		if year := inZone(t, d.Reader.Zone).Year(); year != inZone(d.Card.Now, d.Reader.Zone).Year() {
			day += " " + strconv.Itoa(year)
		}
		lines = append(lines, day+" "+clock(t, d.Reader.Zone))
	}
	return lines
}

// nextWords head the next posts.
func (d PreviewData) nextWords(count string) string {
	if len(d.Next) == 1 {
		return "Next post, in your time"
	}
	return "Next " + count + "posts, in your time"
}

// remarks are what the reader should know before starting.
func (d PreviewData) remarks() []string {
	var r []string
	if d.NewPIN {
		r = append(r, "Each post brings a new PIN; the old one stops working once it is posted.")
	}
	if d.Dated {
		r = append(r, "It stays "+strings.TrimSpace(d.lastWord())+" in "+place(d.Zone)+" when the clocks change.")
	}
	if d.zoneOpen() {
		r = append(r, place(d.Zone)+" time is "+d.ZoneFrom+". Your other announcements use "+place(d.OtherZone)+" time.")
	}
	if d.Shared {
		r = append(r, "The channel is shared with another organisation. People there will see the number and the PIN.")
	}
	return r
}

// zoneOpen reports whether nobody has chosen the zone and another one would fit
// as well: somebody who travels, or has moved.
func (d PreviewData) zoneOpen() bool {
	return d.ZoneFrom != "" && d.OtherZone != nil && d.OtherZone.String() != zoneName(d.Zone)
}

// lastWord is the time in the rule: "09:30".
func (d PreviewData) lastWord() string {
	words := strings.Fields(d.Rule)
	if len(words) == 0 {
		return "the same time"
	}
	return words[len(words)-1]
}

func zoneName(l *time.Location) string {
	if l == nil {
		return "UTC"
	}
	return l.String()
}

// invite is W14: Slack tells nothing of a private channel, often not even its
// name, before confbot is in it.
func (d PreviewData) invite() *prose {
	return say("I'm not in ").in(d.Channel, d.ChannelName).say(" yet. It's private, so I can't post there. Send ").code("/invite @confbot").
		say(" in that channel, then press Check again.")
}

// JoinFirst says that somebody can't announce into a channel that they are not
// in. One that they may not know of is not named.
func JoinFirst(channel, channelName string) Message {
	if channel == "" {
		return say("You aren't in that channel, so I can't post there for you. Join it, then try again.").message()
	}
	return say("You aren't in ").in(channel, channelName).say(", so I can't post there for you. Join it, then try again.").message()
}

// body is the preview's blocks, common to form and message.
func (d PreviewData) body() []slack.Block {
	b := []slack.Block{d.what().block()}
	if n := d.posts(); len(n) > 0 {
		b = append(b, section("*"+d.nextWords(strings.ToLower(spelled(len(n)))+" ")+"*\n"+strings.Join(n, "\n")))
	}
	for _, r := range d.remarks() {
		b = append(b, context(escapeOurs(r)))
	}
	if d.zoneOpen() {
		b = append(b, candidateButtons(AnnounceZonePick, []Choice{
			{pack(d.OtherZone.String(), d.Value), "Use " + place(d.OtherZone)},
			{pack(zoneName(d.Zone), d.Value), "Use " + place(d.Zone)},
		})...)
	}
	if d.NotIn {
		return append(b, d.invite().block(), actions("preview.check", button(AnnounceCheck, "Check again", d.Value)))
	}
	b = append(b, slack.NewDividerBlock(), context("This is what the channel will see:"))
	for _, c := range Card(d.Card).Blocks {
		if _, isActions := c.(*slack.ActionBlock); !isActions {
			b = append(b, c)
		}
	}
	return b
}

// PreviewTitle is the title of the form that shows an announcement before it
// starts.
const PreviewTitle = "Check and start"

// NoPreview says on top of the announce form why it leads to no preview.
func NoPreview(problem string, m Meta) View {
	return View{
		Kind: Modal, CallbackID: FormText, Title: PreviewTitle, Close: "Back", Meta: EncodeMeta(m), Blocks: present([]slack.Block{problemLine(problem)}),
	}
}

// Preview is the last form before an announcement starts (layout 3.6).
func Preview(d PreviewData) View {
	v := View{
		Kind: Modal, CallbackID: FormPreview, Title: PreviewTitle, Submit: "Start announcing", Close: "Back",
		Meta: EncodeMeta(d.Meta), Blocks: d.body(),
	}
	if d.Edited {
		v.Submit = "Save"
	}
	if d.NotIn {
		v.Submit = ""
	}
	return v
}

// PreviewMessage is the same after a typed command.
func PreviewMessage(d PreviewData) Message {
	p := d.what()
	if n := d.posts(); len(n) > 0 {
		p.heard(" " + d.nextWords("") + ": " + strings.Join(n, "; ") + ".")
	}
	for _, r := range d.remarks() {
		p.heard(" " + r)
	}
	b := d.body()
	if d.NotIn {
		return Message{Text: cut(p.words()+" "+d.invite().words(), MaxText), Blocks: b}
	}
	p.heard(" Nothing is announced until you confirm.")
	confirm := primary(button(AnnounceConfirm, "Confirm", d.Value))
	return Message{
		Text:   cut(p.words(), MaxText),
		Blocks: append(b, actions("preview.confirm", confirm, button(AnnounceChange, "Change", d.Value), button(NothingDone, "Cancel", ""))),
	}
}
