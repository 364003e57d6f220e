package blocks

import (
	"errors"
	"strings"

	"confbot/conference"
)

// ProblemOptions is what is known of the wish that failed. All of it is
// optional; the more there is, the more particular the sentence.
type ProblemOptions struct {
	Do         string            // the wish as an infinitive: "mute people", "change the PIN"
	Action     conference.Action // what was asked for one caller; "" for none
	Caller     *Who              // the caller it was about
	Conference string            // the conference's name
	Ask        []string          // display names of those who may do it
	Admins     []string          // display names of the workspace's or confbot's admins
	Command    string            // "/conf"
	Reads      bool              // nothing was to be changed, something was to be shown
}

// CreateDo is the Do of those who make a conference.
const CreateDo = "create conferences"

// Problem says in one sentence what happened and in one what to do. Ref is
// the reference under which the log has the cause; it is shown only where
// somebody could look something up.
func Problem(err error, ref string, o ProblemOptions) Message {
	if o.Command == "" {
		o.Command = "/conf"
	}
	return problem(err, ref, o).message()
}

// ProblemText is Problem as top-level text alone, for an answer inside a form.
func ProblemText(err error, ref string, o ProblemOptions) string {
	return Problem(err, ref, o).Text
}

func problem(err error, ref string, o ProblemOptions) *prose {
	if errors.Is(err, ErrStale) {
		return say("This list is out of date, so nothing was done. Type ").code(o.Command + " people").say(" for a fresh one.")
	}
	switch conference.KindOf(err) {
	case conference.Unavailable:
		return unavailable(err, ref, o)
	case conference.NotFound:
		return notFound(err, o)
	case conference.Denied:
		return denied(err, ref, o)
	case conference.Invalid:
		return invalid(err, ref, o)
	case conference.Conflict:
		return conflict(err, ref)
	case conference.Internal:
	}
	return mine(ref, conference.IsUnsure(err), o)
}

// mine is a fault of ours (W31).
func mine(ref string, unsure bool, o ProblemOptions) *prose {
	p := say("Something went wrong on my side. ")
	if unsure {
		p.say("I can't tell whether it was done. Look at the list before you try again. ")
	} else {
		p.say("Nothing was changed. ")
	}
	if ref == "" {
		return p.say("Tell ").admins(o.Admins).say(".")
	}
	return p.say("Tell ").admins(o.Admins).say(" the reference " + ref + ".")
}

func unavailable(err error, ref string, o ProblemOptions) *prose {
	p := new(prose)
	switch reason := conference.ReasonOf(err); {
	case reason == conference.WhoUnknown:
		p.say("Slack doesn't tell me who you are, so I can't tell what you may do. Nothing was changed. Try again in a minute.")
	case reason == conference.LoginRefused:
		p.say("Audian doesn't accept our login, so nothing can be changed. An admin needs to look at it")
		if len(o.Admins) > 0 {
			p.say(": ").names(o.Admins)
		}
		p.say(".")
	case conference.IsUnsure(err) && o.Action == conference.Kick && o.Caller != nil:
		p.say("I asked Audian to kick ").caller(*o.Caller, false).
			say(", and got no answer. They may still be on the line. I'll look again and update the list.")
	case conference.IsUnsure(err) && o.Action != "" && o.Caller != nil:
		p.say("I asked Audian to "+asked(o.Action)+" ").caller(*o.Caller, false).
			say(", and got no answer. It may not have happened. I'll look again and update the list.")
	case conference.IsUnsure(err) && o.Do != "":
		p.say("I asked Audian to ").wish(o).say(" and got no answer. Look before you try again: it may have been done.")
	case conference.IsUnsure(err):
		p.say("I asked Audian and got no answer. Look before you try again: it may have been done.")
	case reason == conference.Busy:
		p.say("Audian asks us to slow down, so " + o.came() + ". Try again in a minute.")
	default:
		p.say("Audian isn't answering, so " + o.came() + ". Try again in a minute.")
	}
	return p.ref(ref)
}

// wish says what was wished for in this one case: Do fits a refusal too, which
// is about what somebody may do in general.
func (p *prose) wish(o ProblemOptions) *prose {
	do, aboutIt := strings.CutSuffix(o.Do, " it")
	switch {
	case o.Do == CreateDo && o.Conference == "":
		return p.say("create a conference")
	case o.Do == CreateDo:
		return p.say("create ").name(o.Conference)
	case aboutIt && o.Conference != "":
		return p.say(do + " ").name(o.Conference)
	}
	return p.say(o.Do)
}

// came is what the wish came to.
func (o ProblemOptions) came() string {
	if o.Reads {
		return "I can't tell"
	}
	return "nothing was changed"
}

func notFound(err error, o ProblemOptions) *prose {
	switch {
	case conference.ReasonOf(err) == conference.NoParticipant && o.Caller != nil:
		return new(prose).caller(*o.Caller, true).say(", isn't on the line any more. Nothing was done.")
	case conference.ReasonOf(err) == conference.NoParticipant:
		return say("That caller isn't on the line any more. Nothing was done.")
	case o.Conference != "":
		return new(prose).name(o.Conference).say(" doesn't exist any more. Nothing was done. Type ").code(o.Command + " list").say(" for those that do.")
	}
	return say("There's no such conference. Type ").code(o.Command + " list").say(" for those that there are.")
}

func denied(err error, ref string, o ProblemOptions) *prose {
	switch conference.ReasonOf(err) {
	case conference.Unsupported:
		return say("This Audian account doesn't offer that. Nothing was changed.")
	case conference.NotAllowed:
		return say("Audian doesn't let this account do that, so nothing was changed. Ask ").admins(o.Admins).say(".").ref(ref)
	}
	return refusal(RefusalData{Conference: o.Conference, Do: o.Do, Ask: o.Ask, Admins: o.Admins})
}

func invalid(err error, ref string, o ProblemOptions) *prose {
	if field, text := FieldError(err); text != "" {
		return say(inSentence(field, text) + " Nothing was changed.")
	}
	return mine(ref, false, o)
}

func conflict(err error, ref string) *prose {
	switch conference.ReasonOf(err) {
	case conference.ChangedSince:
		return say("Somebody else changed it first, so I left it as it is. Look at it and try again.")
	case conference.Unsupported:
		return say("This Audian account doesn't offer that. Nothing was changed.")
	}
	if field, text := FieldError(err); text != "" {
		return say(inSentence(field, text) + " Nothing was changed.")
	}
	return say("Audian says that this can't be done as things are. Nothing was changed.").ref(ref)
}

// ref adds the reference that the log has too.
func (p *prose) ref(ref string) *prose {
	if ref == "" {
		return p
	}
	return p.say(" Ref " + ref + ".")
}

// names adds display names as a sentence does.
func (p *prose) names(names []string) *prose {
	const most = 3
	names = names[:min(len(names), most)]
	for i, n := range names {
		switch {
		case i > 0 && i == len(names)-1:
			p.say(" or ")
		case i > 0:
			p.say(", ")
		}
		p.foreign(cut(clean(n), RowName))
	}
	return p
}

// admins adds who can help, by name where known.
func (p *prose) admins(names []string) *prose {
	if len(names) == 0 {
		return p.say("an admin")
	}
	return p.names(names)
}
