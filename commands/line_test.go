package commands

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTypedActionsNameThePersonAndAreWrittenDown(t *testing.T) {
	t.Parallel()
	for verb, says := range map[string]string{
		"mute": "is muted", "unmute": "already", "deaf": "can't hear", "undeaf": "already",
	} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.fill(weekly)
			r := w.types(bo, teamCh, verb+" ana")
			wantText(t, r, "Caller 1", "Ana Ruiz", says)
			if d := cmp.Diff([]string{string(weekly)}, r.Touch); d != "" {
				t.Error(d)
			}
		})
	}
}
