package blocks

// WhyNot is why somebody cannot moderate.
type WhyNot int

// Reasons, in the order in which they are told.
const (
	IsGuest WhyNot = iota
	IsElsewhere
	IsApp
	HasLeft
)

// StayedData is whom a change of moderators left as they were.
type StayedData struct {
	Line
	Creator []string            // were to be removed, but set the conference up
	Outside map[WhyNot][]string // were to be added
}

// ModeratorsStay says it before what the rest of the change came to.
func ModeratorsStay(d StayedData, rest Message) Message {
	p := new(prose)
	if len(d.Creator) > 0 {
		p.users(d.Creator, d.Names).say(" set it up and stays a moderator. ")
	}
	for why := IsGuest; why <= HasLeft; why++ {
		if who := d.Outside[why]; len(who) > 0 {
			p.users(who, d.Names).say(" " + why.words(len(who) > 1) + ", so they can't moderate. ")
		}
	}
	m := p.message(rest.Blocks...)
	m.Text += " " + rest.Text
	return m
}

func (w WhyNot) words(several bool) string {
	one, many := "is a guest", "are guests"
	switch w {
	case IsElsewhere:
		one, many = "belongs to another organisation", "belong to another organisation"
	case IsApp:
		one, many = "is an app", "are apps"
	case HasLeft:
		one, many = "has left", "have left"
	case IsGuest:
	}
	if several {
		return many
	}
	return one
}
