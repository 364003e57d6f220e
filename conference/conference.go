package conference

import "time"

// ID names a conference at Audian. It is opaque: some accounts use
// "conf_…", others 32 hex digits.
type ID string

// ParticipantID names somebody on the line. It is opaque and unique only
// within one run: the next run may give the same id to somebody else, so it
// always travels together with the time of joining.
type ParticipantID string

// Proof says what is known about whether a conference's PINs protect it.
type Proof int

const (
	// Unproven: PINs were written or read in a form that the account may
	// store and echo without ever asking callers for it.
	Unproven Proof = iota
	// Proven: the PINs were read back in the form that the account acts on.
	Proven
	// Open: there are no PINs; anybody who knows the number can join.
	Open
)

// Conference is the permanent configuration of one conference.
type Conference struct {
	ID            ID
	Name          string // at most 128 characters
	MemberPINs    []PIN  // empty: people join without one
	ModeratorPINs []PIN
	MaxMembers    int    // most people at once; 0 is no limit
	Profile       string // "default", "large", "webinar", or what the account calls it
	EntryTone     *bool  // a tone when somebody joins; nil where Audian does not say
	ExitTone      *bool
	Numbers       []string // conference numbers, typed after dialling a shared line
	OwnerID       string   // set for rooms that belong to somebody's desk phone
	Locked        *bool    // nil where the account does not tell
	PINProof      Proof
}

// Settings is a wish to create or change a conference. Nil leaves a setting
// as it is; an empty list of PINs removes them all.
type Settings struct {
	Name          *string
	MemberPINs    *[]PIN
	ModeratorPINs *[]PIN
	MaxMembers    *int
	Profile       *string
	EntryTone     *bool
	ExitTone      *bool
	Numbers       *[]string
}

// Empty reports whether the wish changes nothing.
func (s Settings) Empty() bool { return s == Settings{} }

// Role is what Audian says somebody is. Most accounts do not say.
type Role int

const (
	RoleUnknown Role = iota
	RoleMember
	RoleModerator
)

// Participant is one person on the line, as read from Audian.
type Participant struct {
	ID      ParticipantID
	Name    string // what their phone says: foreign text, escape before use
	Number  Number
	Muted   bool
	Deaf    bool
	Joined  time.Time
	Role    Role
	Talking *bool // nil where the account does not tell
}

// Same reports whether q is the same stay on the line as p: the same id and
// the same time of joining. Ids are reused in later runs, so the id alone
// says nothing.
func (p Participant) Same(q Participant) bool {
	return p.ID == q.ID && p.Joined.Equal(q.Joined)
}

// Action is something done to one participant.
type Action string

const (
	Mute   Action = "mute"
	Unmute Action = "unmute"
	Deaf   Action = "deaf"
	Undeaf Action = "undeaf"
	Kick   Action = "kick"
)

// Done reports whether p, read after the action was asked for, is in the
// state that the action wanted. A kick is done when p is no longer there,
// which only the caller can see; it is never done while p is.
func (a Action) Done(p Participant) bool {
	switch a {
	case Mute:
		return p.Muted
	case Unmute:
		return !p.Muted
	case Deaf:
		return p.Deaf
	case Undeaf:
		return !p.Deaf
	case Kick:
		return false
	}
	return false
}
