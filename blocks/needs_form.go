package blocks

// NeedsForm answers a wish in a message that only a form can fulfil: nothing
// in a message lets an app open one, but a button does, which says what for.
func NeedsForm(l Line, action, value string) Message {
	words := map[string]string{
		PanelLine: "Choose my line", PanelMuteOthers: "Mute others", ListOpen: "Show who's on", CreateOpen: "New conference",
		EditOpen: "Edit", DeleteOpen: "Delete…", PanelEnd: "End for everyone…", AnnounceOpen: "Announce…",
	}[action]
	if words == "" {
		words = "Open the form"
	}
	return say("That needs a form. Press ").bold(words).say(" to go on.").message(l.below(button(action, words, value)))
}

// TwinName tells conferences of one name apart where they are offered: by who
// set it up, or where nobody is known by its id.
func TwinName(conferenceName, by, id string) string {
	if by != "" {
		return cut(conferenceName, CardName) + ", set up by " + by
	}
	return cut(conferenceName, CardName) + ", id " + cut(id, RowName)
}
