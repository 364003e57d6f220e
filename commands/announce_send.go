package commands

import (
	"context"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// checkAnnounce answers what needs no question to anybody: errors at the
// fields, or the preview on top of the form, which keeps what was entered.
// Where nothing more fits on top, the preview takes the form's place.
func checkAnnounce(d *Desk, s *sent) FormAnswer {
	f := typedAnnounce(s.State, s.meta, person{})
	if _, field, problem := d.draftFrom(s, f); problem != "" {
		return FormAnswer{Errors: map[string]string{field: problem}}
	}
	v := blocks.Loading(blocks.PreviewTitle, s.meta)
	return FormAnswer{View: &v, Push: !s.View.Topmost()}
}

// sendAnnounce shows what the form asks for, before anything is stored.
func sendAnnounce(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	f := typedAnnounce(s.State, s.meta, s.person)
	fail := func(problem string) (Reply, error) { return d.notPreviewed(ctx, s, f, problem) }
	dr, _, problem := d.draftFrom(s, f)
	if problem != "" {
		return fail(problem)
	}
	c, err := d.book.ByID(ctx, dr.Conference)
	if err != nil {
		return fail(d.problemText(ctx, s.Origin, err, s.form.do, ""))
	}
	s.conf = c
	st, err := d.mayAnnounce(ctx, s.person, s.Channel, c, dr)
	switch {
	case dr.edits && gone(err):
		return fail(blocks.AnnouncementGone().Text)
	case err != nil:
		return fail(d.problemText(ctx, s.Origin, err, s.form.do, c.Name))
	}
	m := s.meta
	if s.View.Topmost() {
		m.Action = inPlace
	}
	reply, err := d.previewView(ctx, st, c, dr, m)
	if err != nil {
		return fail(d.problemText(ctx, s.Origin, err, s.form.do, c.Name))
	}
	return reply, nil
}

// notPreviewed says why there is no preview, on top of the form, or in it
// where the preview was to take its place.
func (d *Desk) notPreviewed(ctx context.Context, s *sent, f blocks.AnnounceForm, problem string) (Reply, error) {
	var v blocks.View
	if s.View.Topmost() {
		f.Problem = problem
		d.nameChoice(ctx, &f)
		v = blocks.Announce(f)
	} else {
		v = blocks.NoPreview(problem, s.meta)
	}
	return Reply{View: &v}, nil
}

// sendPreview starts what the preview showed.
func sendPreview(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	dr, err := parseDraft(s.meta.Item)
	if err != nil {
		return Reply{}, err
	}
	dr.Owner = s.User
	c, err := d.book.ByID(ctx, dr.Conference)
	if err != nil {
		return Reply{}, err
	}
	s.conf = c
	m, err := d.startAnnouncing(ctx, s.Origin, s.person, c, dr)
	return Reply{Private: &m, Homes: homesOf(dr, s.User)}, err
}

// closeForms closes the whole stack when a preview is confirmed.
func closeForms(*Desk, *sent) FormAnswer { return FormAnswer{Clear: true} }

// saveEdited stores a changed announcement.
func (d *Desk) saveEdited(ctx context.Context, o Origin, s standing, c conference.Conference, dr draft) (blocks.Message, error) {
	l, err := d.announcements.Get(ctx, dr.ID)
	if err != nil {
		return blocks.Message{}, err
	}
	a := dr.Announcement
	a.Owner = l.Owner
	if dr.foreign {
		if err := d.agreeShared(ctx, a.Owner, a.Channel); err != nil {
			return blocks.Message{}, err
		}
	}
	l, err = d.announcements.Edit(ctx, a)
	if err != nil {
		return d.ruleRefused(err, dr)
	}
	d.note(ctx, o, c.ID, "announcement.edit", "", "done", "")
	return blocks.AnnouncementChanged(d.announcementRow(ctx, s, c, l), blocks.AnnounceEdit, s.zone(), d.now()), nil
}

// suggestZones answers a city that is being typed.
func suggestZones(text string) []blocks.Choice {
	var choices []blocks.Choice
	for _, p := range announce.FindPlaces(text, 50) {
		choices = append(choices, blocks.Choice{Value: p.Zone, Text: p.Name})
	}
	return choices
}
