package blocks

// NeedsForm answers a wish in a message that only a form can fulfil: nothing
// in a message lets an app open one, but a button does.
func NeedsForm(l Line, action, value string) Message {
	return say("That needs a form. Press ").bold("Open the form").say(" to go on.").
		message(l.below(button(action, "Open the form", value)))
}

// TwinName tells conferences of one name apart where they are offered: by who
// set it up, or where nobody is known by its id.
func TwinName(conferenceName, by, id string) string {
	if by != "" {
		return cut(conferenceName, CardName) + ", set up by " + by
	}
	return cut(conferenceName, CardName) + ", id " + cut(id, RowName)
}
