package announce

import (
	"context"
	"time"
)

// manySlots is how many slots of one announcement are looked through when
// catching up: five days of one every quarter of an hour.
const manySlots = 500

// maxMissed is how many missed posts of one announcement are written down.
const maxMissed = 100

// after is what follows a post: nothing for rows of another kind and for posts
// outside the rule.
func (r *Runner) after(t *attempt, now time.Time) *Plan {
	if t.o.Kind != KindPost || t.o.Extra {
		return nil
	}
	p := r.catchUp(t.a, t.o.At, now, "")
	p.Missed = nil // somebody was there: those were overtaken, not missed
	return &p
}

// catchUp plans an announcement's next post after a moment. Of those that are
// past, the last still goes out if it is of use; the others are missed.
func (r *Runner) catchUp(a Announcement, after, now time.Time, notice string) Plan {
	p := Plan{Announcement: a.ID, Revision: a.Revision}
	for {
		slots := a.Rule.Upcoming(after, manySlots)
		for _, s := range slots {
			after = s.Post
			row := postOf(a, s, r.opt)
			if p.Next != nil {
				p.Missed = append(p.Missed, missedPost(*p.Next, notice))
			}
			p.Next = &row
			if s.Post.After(now) {
				p.trim(now)
				return p
			}
		}
		if len(p.Missed) > maxMissed {
			p.Missed = p.Missed[len(p.Missed)-maxMissed:]
		}
		if len(slots) < manySlots {
			break
		}
	}
	if p.Next != nil && !p.Next.Until.After(now) {
		p.Missed, p.Next = append(p.Missed, missedPost(*p.Next, notice)), nil
	}
	p.Done = p.Next == nil
	return p
}

// trim prefers the last past post, if it is still of use, to the next one to
// come, which is planned when that one is out.
func (p *Plan) trim(now time.Time) {
	if n := len(p.Missed); n > 0 && p.Missed[n-1].Until.After(now) {
		late := p.Missed[n-1]
		late.State, late.Parent = Due, ""
		p.Next, p.Missed = &late, p.Missed[:n-1]
	}
	if len(p.Missed) > maxMissed {
		p.Missed = p.Missed[len(p.Missed)-maxMissed:]
	}
}

func missedPost(o Occurrence, notice string) Occurrence {
	o.State, o.Parent = Missed, notice
	return o
}

// missed gives a row up that we hold, and plans on.
func (r *Runner) missed(ctx context.Context, t *attempt, s Settlement) {
	now := time.Now()
	notice := missedRow(t.a.Owner, t.o.At, now)
	plan := r.catchUp(t.a, t.o.At, now, notice.Key)
	t.o.State, t.o.Parent = Missed, notice.Key
	t.o.afterSend(false, now)
	s.Plan, s.Notices = &plan, []Occurrence{notice}
	r.settle(ctx, t, s)
	r.observe(t.o, now)
}

// beat says that we are here, and clears up what nobody was there for.
func (r *Runner) beat(now time.Time) {
	last, err := r.store.Beat(r.ctx, now, awayAfter)
	if err != nil {
		r.failed("say that somebody is there", err)
		return
	}
	if !last.IsZero() && now.Sub(last) >= awayAfter {
		r.awayFrom = last
	}
	for range 1000 { // each time fewer are left; another process may be at it too
		rows, err := r.store.Overdue(r.ctx, now, overdueRows)
		if err != nil {
			r.failed("look for what was missed", err)
			return
		}
		if len(rows) == 0 || r.ctx.Err() != nil || !r.miss(rows, now) || len(rows) < overdueRows {
			return
		}
	}
}

// miss writes down rows that nobody was there for, plans what follows, and one
// notice for each owner.
func (r *Runner) miss(rows []Occurrence, now time.Time) bool {
	var ids []ID
	for _, o := range rows {
		ids = append(ids, o.Announcement)
	}
	list, err := r.store.Announcements(r.ctx, ids...)
	if err != nil {
		r.failed("look up announcements", err)
		return false
	}
	byID := make(map[ID]Announcement, len(list))
	for _, a := range list {
		byID[a.ID] = a
	}
	from := r.awayFrom
	if from.IsZero() || from.After(rows[0].At) {
		from = rows[0].At
	}
	var plans []Plan
	notices := make(map[string]Occurrence)
	for _, o := range rows {
		a, ok := byID[o.Announcement]
		if o.Kind != KindPost || !ok {
			plans = append(plans, Plan{Missed: []Occurrence{o}})
			continue
		}
		notice := missedRow(a.Owner, from, now)
		notices[notice.Key] = notice
		plan := Plan{Announcement: a.ID, Revision: a.Revision}
		if !o.Extra {
			plan = r.catchUp(a, o.At, now, notice.Key)
		}
		plan.Missed = append([]Occurrence{missedPost(o, notice.Key)}, plan.Missed...)
		plans = append(plans, plan)
	}
	told := make([]Occurrence, 0, len(notices))
	for _, n := range notices {
		told = append(told, n)
	}
	r.log.Warn("posts were missed", "rows", len(rows), "away_from", from)
	if err := r.store.Plan(r.ctx, plans, told, now); err != nil {
		r.failed("write down what was missed", err)
		return false
	}
	for _, o := range rows {
		r.observe(missedPost(o, ""), now)
	}
	return true
}

// sweep plans announcements that have nothing to come though they should: a
// fault of ours, or a change in the middle of a post.
func (r *Runner) sweep(now time.Time) {
	for range 1000 {
		list, err := r.store.Unplanned(r.ctx, overdueRows)
		if err != nil {
			r.failed("look for announcements without a next post", err)
			return
		}
		plans := make([]Plan, 0, len(list))
		for _, a := range list {
			plans = append(plans, r.catchUp(a, now, now, ""))
		}
		if len(plans) == 0 || r.ctx.Err() != nil {
			return
		}
		r.log.Info("planned announcements that had nothing to come", "announcements", len(plans))
		if err := r.store.Plan(r.ctx, plans, nil, now); err != nil {
			r.failed("plan announcements", err)
			return
		}
		if len(list) < overdueRows {
			return
		}
	}
}
