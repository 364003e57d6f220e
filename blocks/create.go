package blocks

import (
	"github.com/slack-go/slack"
)

// SettingsForm is what the create and edit forms hold. Every value is what
// the person last typed, or what the conference has.
type SettingsForm struct {
	Meta    Meta
	More    bool // further settings are shown
	Name    string
	Channel string // Slack channel to share the card in; create only
	PIN     string // digits; empty is left as it is, or made
	ModPIN  string
	Max     string // as typed
	Profile string // "default", "large", "webinar"
	Entry   bool   // a tone when somebody joins
	Exit    bool
	DialIn  string // its own phone number
	Number  string // conference number of a shared line
	Private bool   // exists only for its moderators and its channel's members
	Open    bool   // everybody may announce it
	Problem string // what Audian said, as top-level text of a message; "" for nothing
	Title   string // the conference's name when it is edited
}

// Values of checkboxes in the settings forms.
const (
	SoundEntry     = "entry"
	SoundExit      = "exit"
	VisiblePrivate = "private"
	VisibleOpen    = "announce_all"
	Sure           = "yes"
)

// Create is the form that makes a conference (layout 3.4).
func Create(f SettingsForm) View {
	b := []slack.Block{
		problemLine(f.Problem),
		input(InName, "Name", "What people will call it.", focused(textField(InName, f.Name, CardName))),
		optional(input(InChannel, "Share the card in", "Leave empty to keep it to yourself for now.", channelField(f.Channel))),
	}
	if f.More {
		b = append(b,
			optional(input(InPIN, "PIN for people", "4 to 16 digits. Leave it empty and I make one.", textField(InPIN, f.PIN, 16))),
			optional(input(InModPIN, "PIN for moderators", "4 to 16 digits. Leave it empty and I make one.", textField(InModPIN, f.ModPIN, 16))))
		b = append(b, f.furtherInputs()...)
	} else {
		b = append(b, actions("create.more", button(CreateMore, "More settings", "")))
	}
	b = append(b, context("I'll make a PIN for people and another for moderators."))
	f.Meta.More = f.More
	return View{
		Kind: Modal, CallbackID: FormCreate, Title: "New conference", Submit: "Create", Close: "Cancel",
		Meta: EncodeMeta(f.Meta), Blocks: present(b),
	}
}

// Edit is the form that changes a conference. PINs are not shown in it: they
// are changed by their own form.
func Edit(f SettingsForm) View {
	b := []slack.Block{
		problemLine(f.Problem),
		input(InName, "Name", "", focused(textField(InName, f.Name, CardName))),
	}
	b = append(b, f.furtherInputs()...)
	b = append(b,
		optional(input(InVisible, "Who", "", ticks(InVisible, []Choice{
			{Value: VisiblePrivate, Text: "Only its moderators and its channel's members see it"},
			{Value: VisibleOpen, Text: "Everybody may announce it and share its card"},
		}, onWhere(VisiblePrivate, f.Private), onWhere(VisibleOpen, f.Open)))),
		context("This counts for people who dial in from now on."))
	title := viewTitle(f.Title)
	if f.Title == "" {
		title = "Edit"
	}
	return View{
		Kind: Modal, CallbackID: FormEdit, Title: title, Submit: "Save", Close: "Cancel",
		Meta: EncodeMeta(f.Meta), Blocks: present(b),
	}
}

// furtherInputs are what the two forms have in common. A select has its
// default as a choice of its own, since a phone cannot clear one.
func (f SettingsForm) furtherInputs() []slack.Block {
	kinds := []Choice{{"default", "Default"}, {"large", "Large"}, {"webinar", "Webinar: moderators talk, others listen"}}
	profile := f.Profile
	known := false
	for _, k := range kinds {
		known = known || k.Value == profile
	}
	if profile == "" {
		profile = "default"
	} else if !known {
		kinds = append(kinds, Choice{cut(profile, MaxOptionValue), name(profile, MaxOptionText)})
	}
	return []slack.Block{
		optional(input(InMax, "Most people at once", "2 to 5,000. Leave it empty for no limit.", textField(InMax, f.Max, 6))),
		input(InKind, "Kind", "", chooser(InKind, profile, kinds)),
		optional(input(InSounds, "Sounds", "", ticks(InSounds, []Choice{
			{Value: SoundEntry, Text: "A tone when somebody joins"},
			{Value: SoundExit, Text: "A tone when somebody leaves"},
		}, onWhere(SoundEntry, f.Entry), onWhere(SoundExit, f.Exit)))),
		optional(input(InDialIn, "Its own phone number", "With its country code, like +14155550100. Leave it empty to use the usual one.", textField(InDialIn, f.DialIn, 24))),
		optional(input(InNumber, "Conference number", "Only where the phone line is shared: digits that callers type before the PIN.", textField(InNumber, f.Number, 16))),
	}
}

func onWhere(value string, on bool) string {
	if on {
		return value
	}
	return ""
}

// problemLine is what went wrong, at the top of a form that stays open.
func problemLine(s string) slack.Block {
	if s == "" {
		return nil
	}
	return section(":warning: " + s)
}

// Making stands while a conference is made; a second tap on Create finds it
// instead of the form.
func Making(conferenceName string, m Meta) View {
	return busy("New conference", "Making ", conferenceName, m)
}

// Saving stands while a conference is changed.
func Saving(conferenceName string, m Meta) View {
	return busy("One moment", "Saving ", conferenceName, m)
}

// Working stands while anything else is done: "Changing the PIN of ".
func Working(doing, conferenceName string, m Meta) View {
	return busy("One moment", doing, conferenceName, m)
}

func busy(title, doing, conferenceName string, m Meta) View {
	return View{
		Kind: Modal, CallbackID: FormLoading, Title: title, Close: "Close", Meta: EncodeMeta(m),
		Blocks: []slack.Block{say(doing).name(conferenceName).say("…").block()},
	}
}

// NotMade takes the place of Making when Audian refused: the way back leads
// to what was typed.
func NotMade(text string, m Meta) View {
	return View{
		Kind: Modal, CallbackID: FormProblem, Title: "New conference", Close: "Close", Meta: EncodeMeta(m),
		Blocks: present([]slack.Block{problemLine(text), actions("create.back", button(CreateBack, "Back", ""))}),
	}
}
