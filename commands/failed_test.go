package commands

import (
	"context"
	"errors"
	"strings"
	"testing"

	"confbot/conference"
)

func TestEveryKindOfFailureIsOneSentenceAndSomethingToDo(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err  error
		says []string
	}{
		"silent":        {&conference.Error{Kind: conference.Unavailable, Reason: conference.Silent}, []string{"Audian isn't answering", "Try again in a minute", "K7Q2M"}},
		"busy":          {&conference.Error{Kind: conference.Unavailable, Reason: conference.Busy}, []string{"slow down", "K7Q2M"}},
		"login":         {&conference.Error{Kind: conference.Unavailable, Reason: conference.LoginRefused}, []string{"doesn't accept our login", "Dev", "K7Q2M"}},
		"not allowed":   {&conference.Error{Kind: conference.Denied, Reason: conference.NotAllowed}, []string{"Audian doesn't let this account do that", "Dev"}},
		"not offered":   {&conference.Error{Kind: conference.Denied, Reason: conference.Unsupported}, []string{"doesn't offer that"}},
		"changed since": {&conference.Error{Kind: conference.Conflict, Reason: conference.ChangedSince}, []string{"Somebody else changed it first"}},
		"gone":          {&conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}, []string{"Weekly sync doesn't exist any more"}},
		"a field":       {&conference.Error{Kind: conference.Invalid, Reason: conference.Refused, Field: "max"}, []string{"Limit: Audian doesn't take that."}},
		"unsure":        {&conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}, []string{"got no answer", "it may have been done"}},
		"our own fault": {errors.New("exploded"), []string{"Something went wrong on my side. Nothing was changed. Tell Dev the reference K7Q2M."}},
		"a deadline":    {context.DeadlineExceeded, []string{"Something went wrong on my side"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.audian.onWrite = func(string) error { return tt.err }
			r := w.types(ana, teamCh, "edit Weekly sync max=9")
			wantText(t, r, tt.says...)
			wantPrivateOnly(t, Reply{Private: r.Private})
			if !errors.Is(r.Err, tt.err) {
				t.Errorf("the log gets %v", r.Err)
			}
			for _, leak := range []string{"exploded", "audian_silent", "conf_weekly", "deadline"} {
				if strings.Contains(text(r), leak) {
					t.Errorf("told %q", text(r))
				}
			}
			w.audian.onWrite = nil
			w.slack.fail = tt.err
			if r = w.types(ana, teamCh, "list"); r.Private == nil || r.Err == nil {
				t.Errorf("Slack fails, and then %+v", r)
			}
		})
	}
}
