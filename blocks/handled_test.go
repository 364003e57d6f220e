package blocks

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

func TestKeepLeavesOutWhatNobodyAnswersTo(t *testing.T) {
	t.Parallel()
	menu := slack.NewOverflowBlockElement(CardMenu,
		option("Invitation", menuValue(CardMenu, InviteSend, "")), option("Announcements", menuValue(CardMenu, Announcements, "")))
	lonely := slack.NewOverflowBlockElement(CardMenu, option("Announcements", menuValue(CardMenu, Announcements, "")))
	in := Message{Text: "x", Blocks: []slack.Block{
		actions("a", button(CardWho, "Who's on", ""), button(CardRemind, "Remind me", ""), menu),
		actions("b", button(CardRemind, "Remind me", "")),
		slack.NewSectionBlock(plain("s", 9), nil, slack.NewAccessory(button(CardRemind, "Remind me", ""))),
		slack.NewSectionBlock(plain("s", 9), nil, slack.NewAccessory(lonely)),
		slack.NewDividerBlock(),
	}}
	got := in.Keep(func(action string) bool { return action == CardWho || action == InviteSend })
	left := slack.NewOverflowBlockElement(CardMenu, option("Invitation", menuValue(CardMenu, InviteSend, "")))
	want := Message{Text: "x", Blocks: []slack.Block{
		actions("a", button(CardWho, "Who's on", ""), left),
		slack.NewSectionBlock(plain("s", 9), nil, nil),
		slack.NewSectionBlock(plain("s", 9), nil, nil),
		slack.NewDividerBlock(),
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if len(in.Blocks) != 5 || len(menu.Options) != 2 {
		t.Error("what was drawn was changed")
	}
	all := func(string) bool { return true }
	if d := cmp.Diff(in, in.Keep(all)); d != "" {
		t.Errorf("with everything answered (-want +got)\n%s", d)
	}
}
