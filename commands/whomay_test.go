package commands

import (
	"context"
	"errors"
	"testing"
)

// unlisted is a workspace that does not list its people.
type unlisted struct{ *fakeSlack }

func (unlisted) Admins(context.Context) ([]string, error) { return nil, errors.New("unknown_method") }

func TestARefusalStandsAlsoWhereNobodyCanBeNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desk.slack = unlisted{w.slack}
	r := w.types(mia, other, "edit Layoffs max=5")
	refusal, ok := errors.AsType[*Refusal](r.Err)
	if !ok || len(refusal.Ask) != 0 {
		t.Errorf("error %v, want a refusal", r.Err)
	}
}
