package blocks

// StayedData is whom a change of moderators left as they were.
type StayedData struct {
	Line
	Creator []string // were to be removed, but set the conference up
	Outside []string // were to be added, but are guests, apps or gone
}

// ModeratorsStay says it before what the rest of the change came to.
func ModeratorsStay(d StayedData, rest Message) Message {
	p := new(prose)
	if len(d.Creator) > 0 {
		p.users(d.Creator, d.Names).say(" set it up and stays a moderator. ")
	}
	if len(d.Outside) > 0 {
		p.users(d.Outside, d.Names).say(" can't moderate, as a guest, an app or somebody who has left. ")
	}
	m := p.message(rest.Blocks...)
	m.Text += " " + rest.Text
	return m
}
