package blocks

// DayLimit refuses somebody who has done a thing too often in a day: "made 5
// conferences".
func DayLimit(done string) Message {
	return say("You have " + done + " in the last 24 hours, which is as many as one person may. " +
		"Try again tomorrow, or ask a moderator to do it. Nothing was changed.").message()
}

// LimitWords says how many people may be on at once.
func LimitWords(most int) string {
	if most == 0 {
		return "no limit on people"
	}
	return "up to " + people(most)
}
