package blocks

// OpenByButton stands where a message asked for something that needs a form:
// only a button can open one.
func OpenByButton(l Line, action string) Message {
	words := map[string]string{
		PanelLine: "Choose my line", PanelMuteOthers: "Mute others", ListOpen: "Show who's on", CreateOpen: "New conference",
		EditOpen: "Edit", DeleteOpen: "Delete…", PanelEnd: "End for everyone…", AnnounceOpen: "Announce…",
	}[action]
	if words == "" {
		words = "Open the form"
	}
	return say("That needs a form, which opens with a button. Nothing was changed yet.").message(l.below(button(action, words, "")))
}
