package announce

import "time"

// Trouble is why a post cannot be, in a word. The wording of each lives in
// package blocks.
type Trouble string

// Troubles. After the first six an announcement is paused, after TroubleGone it
// ends; TroubleFault is a fault of ours and concerns one occurrence only.
const (
	TroubleNotIn    Trouble = "not_in_channel"
	TroubleArchived Trouble = "archived"
	TroubleNoPost   Trouble = "read_only"
	TroubleNoPlace  Trouble = "channel_gone"
	TroubleShared   Trouble = "became_shared" // with another organisation
	TroubleNobody   Trouble = "nobody"        // the owner left and nobody took over
	TroubleGone     Trouble = "conference_gone"
	TroubleFault    Trouble = "fault"
)

// OfChannel reports whether nobody's announcements can be posted in that
// channel.
func (t Trouble) OfChannel() bool {
	switch t {
	case TroubleNotIn, TroubleArchived, TroubleNoPost, TroubleNoPlace:
		return true
	case TroubleShared, TroubleNobody, TroubleGone, TroubleFault:
	}
	return false
}

// Ref is where a message is.
type Ref struct {
	Channel, TS string
	// PINComing says of a found post that it went out without its PIN.
	PINComing bool
}

// foundAs is the outcome of an attempt whose message is there.
func foundAs(ref Ref) Outcome { return Outcome{verdict: done, ref: ref, pending: ref.PINComing} }

// Outcome is what became of an attempt to post, edit or write to somebody.
// Use the functions below to make one.
type Outcome struct {
	verdict verdict
	ref     Ref
	pending bool
	after   time.Duration
	why     Trouble
	cause   error
}

type verdict int

const (
	unsure verdict = iota // the zero Outcome: it is not known
	done
	notNow
	stopped
)

// Done says that the message is there. It is also the answer when there is
// nothing to do any more, with a zero Ref.
func Done(ref Ref) Outcome { return Outcome{verdict: done, ref: ref} }

// PINToCome is Done for a post that says that its PIN is coming: Amend is
// called until it has come.
func PINToCome(ref Ref) Outcome { return Outcome{verdict: done, ref: ref, pending: true} }

// NotNow says that nothing was sent, and when to try again: Slack's pace, or
// Slack or we not being able to. The post counts as late, never as missed.
func NotNow(after time.Duration, cause error) Outcome {
	return Outcome{verdict: notNow, after: after, cause: cause}
}

// Unsure says that it is not known whether the message is there: it was sent
// and no answer came. Find is asked before another attempt.
func Unsure(cause error) Outcome { return Outcome{cause: cause} }

// Cannot says that nothing was sent and that trying again is no use.
func Cannot(why Trouble, cause error) Outcome {
	return Outcome{verdict: stopped, why: why, cause: cause}
}
