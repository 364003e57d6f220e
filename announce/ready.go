package announce

import "context"

// getReady has the announcer read what a post needs before its second comes, so
// that a slow answer costs none of it. Rows that are due already do without.
func (r *Runner) getReady(ctx context.Context, o Occurrence) {
	if o.Kind != KindPost || o.Step != StepSend || o.State != Due {
		return
	}
	list, err := r.store.Announcements(ctx, o.Announcement)
	if err != nil || len(list) == 0 || !list[0].Active() && !o.Extra {
		return // the post itself finds out
	}
	r.out.Ready(ctx, list[0], o)
}
