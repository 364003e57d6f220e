package blocks

// Claims reports a name that says what only confbot may say beside a caller,
// such as moderator, admin or you.
func Claims(label string) bool { return pretends(label) }

// LabelTaken confirms to a member that a number is no longer shown as theirs.
func LabelTaken(ends string) Message {
	return say("The number ending " + ends + " is no longer shown as yours.").message()
}

// LabelGone answers "Not mine" on a number that is not shown as the reader's
// any more.
func LabelGone() Message {
	return say("That number isn't shown as yours. Nothing was changed.").message()
}

// LabelHidden says that a caller who withholds their number cannot be named.
func LabelHidden(w Who) Message {
	return new(prose).caller(w, true).say(", hides their number, so I couldn't recognise them next time. Nothing was changed.").message()
}

// Locked says what became of lock and unlock.
func Locked(l Line, locked bool) Message {
	p := new(prose).name(l.Conference.Name)
	if locked {
		return p.say(" is locked. Nobody else can join until you unlock it or everybody has left.").message()
	}
	return p.say(" is unlocked. People can join again.").message()
}

// AllNumbers is every number that leads to a conference, for one reader.
func AllNumbers(l Line, a Access) Message {
	return new(prose).name(l.Conference.Name).say(": ").accessAfter(a).say(a.others()).message()
}

// Adopted says who looks after how many conferences now.
func Adopted(n int) Message {
	if n == 0 {
		return say("Nobody was chosen, so nothing was changed.").message()
	}
	return say(plural(n, "conference has", "conferences have") + " somebody to look after " + itOrThem(n) + " now.").message()
}

func itOrThem(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// NoCardHere answers "Manage conference" on a message that shows none.
func NoCardHere(command string) Message {
	return say("This message shows no conference. Use this on a conference's card, or type ").code(command + " people").say(".").message()
}

// PreferencesSaved confirms somebody's choices.
func PreferencesSaved() Message { return say("Your preferences are saved.").message() }

// DeletedCard takes the place of the cards and panels of a conference that
// does not exist any more.
func DeletedCard() Message {
	return say("This conference was deleted. Its number and PIN no longer work.").message()
}
