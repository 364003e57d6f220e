package commands

import (
	"context"
	"errors"

	"confbot/blocks"
	"confbot/conference"
)

// afterwards marks a failure that came after Audian had done its part: it
// must not be told as "nothing was changed".
func afterwards(err error) error {
	if err == nil {
		return nil
	}
	return &conference.Error{Kind: conference.Internal, Unsure: true, Cause: err}
}

// failedDoing turns an error into the private sentence that tells it, with the
// wish in words and the conference that it was about where they are known.
// The error itself stays in the Reply, for the log.
func (d *Desk) failedDoing(ctx context.Context, o Origin, err error, do string, c conference.Conference) Reply {
	return d.failed(ctx, o, err, blocks.ProblemOptions{Do: do, Conference: c.Name})
}

// failed is failedDoing with all that is known of the wish.
func (d *Desk) failed(ctx context.Context, o Origin, err error, opts blocks.ProblemOptions) Reply {
	if u, ok := errors.AsType[*unclear](err); ok {
		return Reply{Private: ptr(d.askWhich(ctx, u))}
	}
	if r, ok := errors.AsType[*Refusal](err); ok {
		return Reply{Private: ptr(d.refused(ctx, r, opts.Do)), Err: err}
	}
	if t, ok := errors.AsType[*tooMany](err); ok {
		return Reply{Private: ptr(blocks.DayLimit(t.done)), Err: err}
	}
	opts.Admins, opts.Command = d.adminNames(ctx), d.command
	if a, ok := errors.AsType[*attempt](err); ok {
		opts.Action, opts.Caller = a.what, &a.who
	}
	return Reply{Private: ptr(blocks.Problem(err, o.Ref, opts)), Err: err}
}

// after keeps of the reply that a failure takes the place of what is to be
// drawn again and what goes on.
func (r Reply) after(before Reply) Reply {
	r.Touch, r.Later = append(r.Touch, before.Touch...), before.Later
	return r
}

func (d *Desk) refused(ctx context.Context, r *Refusal, do string) blocks.Message {
	switch {
	case r.Elsewhere:
		return blocks.WrongWorkspace()
	case r.Outsider:
		return blocks.Outsider()
	}
	need := blocks.NeedModerator
	switch r.Right {
	case RightDelete:
		need = blocks.NeedCreator
		if r.OnlyAdmins {
			need = blocks.NeedAdmin
		}
	case RightCreate:
		need = blocks.NeedAnyModerate
	case RightAdopt:
		if len(r.Ask) == 0 || r.OnlyAdmins {
			need = blocks.NeedAdmin
		}
	case RightSee, RightPIN, RightModerate, RightAnnounce:
	}
	return blocks.Refused(blocks.RefusalData{
		Need: need, Conference: r.Conference.Name, Do: do, Ask: d.nameList(ctx, r.Ask), Admins: d.adminNames(ctx),
	})
}

// adminNames names who can help. Not knowing them costs the names only.
func (d *Desk) adminNames(ctx context.Context) []string {
	admins, err := d.admins(ctx)
	if err != nil {
		return nil
	}
	return d.nameList(ctx, admins[:min(len(admins), 3)])
}
