package commands

import (
	"context"
	"slices"

	"confbot/blocks"
	"confbot/conference"
)

// openCreate opens the form that makes a conference.
func openCreate(d *Desk, _ context.Context, p *press) (Reply, error) {
	if err := d.mayCreate(p.person); err != nil {
		return Reply{}, err
	}
	v := blocks.Create(blocks.SettingsForm{Channel: channelOnly(p.Channel), Meta: blocks.Meta{Channel: p.Channel, Thread: p.ThreadTS}})
	return Reply{View: &v, Over: false}, nil
}

// channelOnly leaves direct messages out: a card is not offered there.
func channelOnly(id string) string {
	if id == "" || id[0] == 'D' {
		return ""
	}
	return id
}

// moreSettings draws the form again with everything, what was typed kept.
func moreSettings(_ *Desk, _ context.Context, p *press) (Reply, error) {
	f := typedForm(p.State, p.meta)
	f.More = true
	v := blocks.Create(f)
	return Reply{View: &v}, nil
}

// backToForm draws the form again after Audian refused.
func backToForm(_ *Desk, _ context.Context, p *press) (Reply, error) {
	f := blocks.SettingsForm{Meta: p.meta, More: p.meta.More, Name: p.meta.Query, Channel: p.meta.Item}
	v := blocks.Create(f)
	return Reply{View: &v}, nil
}

// typedForm reads what the form's inputs hold.
func typedForm(s State, m blocks.Meta) blocks.SettingsForm {
	get := func(id string) string { return s.Get(id, id).Value }
	sounds := s.Get(blocks.InSounds, blocks.InSounds).Values
	visible := s.Get(blocks.InVisible, blocks.InVisible).Values
	return blocks.SettingsForm{
		Meta: m, More: m.More, Name: get(blocks.InName), Channel: get(blocks.InChannel), PIN: get(blocks.InPIN), ModPIN: get(blocks.InModPIN),
		Max: get(blocks.InMax), Profile: get(blocks.InKind), DialIn: get(blocks.InDialIn), Number: get(blocks.InNumber),
		Entry: slices.Contains(sounds, blocks.SoundEntry), Exit: slices.Contains(sounds, blocks.SoundExit),
		Private: slices.Contains(visible, blocks.VisiblePrivate), Open: slices.Contains(visible, blocks.VisibleOpen),
	}
}

// formWish checks a form's values without asking anybody.
func (d *Desk) formWish(f blocks.SettingsForm) (wish, error) {
	name, err := conference.CheckName(f.Name)
	if err != nil {
		return wish{}, err
	}
	set := map[string]string{}
	if f.PIN != "" {
		set["pin"] = f.PIN
	}
	if f.ModPIN != "" {
		set["modpin"] = f.ModPIN
	}
	if f.More {
		set["max"], set["dialin"], set["number"], set["profile"] = f.Max, f.DialIn, f.Number, f.Profile
		set["entry"], set["exit"] = onOff(f.Entry), onOff(f.Exit)
	}
	return d.readWish(name, set)
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

// fieldAnswer shows an error at the field that it is about.
func fieldAnswer(err error) FormAnswer {
	field, text := blocks.FieldError(err)
	if id := blocks.FieldBlock(field); id != "" && text != "" {
		return FormAnswer{Errors: map[string]string{id: text}}
	}
	return FormAnswer{Errors: map[string]string{blocks.InName: text}}
}

func checkCreate(d *Desk, s *sent) FormAnswer {
	f := typedForm(s.State, s.meta)
	if _, err := d.formWish(f); err != nil {
		return fieldAnswer(err)
	}
	v := blocks.Making(f.Name, s.meta)
	return FormAnswer{View: &v}
}

// sendCreate makes the conference that the form asks for. The form stands
// there as "Making …" meanwhile and becomes the result; on trouble it comes
// back with everything that was typed.
func sendCreate(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	f := typedForm(s.State, s.meta)
	again := func(err error) Reply {
		f.Problem = d.problemText(ctx, s.Origin, err, blocks.CreateDo, f.Name)
		v := blocks.Create(f)
		return Reply{View: &v, Err: err}
	}
	if err := d.mayCreate(s.person); err != nil {
		return Reply{}, err
	}
	w, err := d.formWish(f)
	if err != nil {
		return again(err), nil
	}
	made, err := d.create(ctx, s.Origin, s.person, w)
	if err != nil {
		return again(err), nil
	}
	made.Here = channelOnly(s.Channel)
	v := blocks.CreatedView(made)
	reply := Reply{View: &v, Homes: []string{s.User}}
	if f.Channel == "" {
		return reply, nil
	}
	shared, err := d.share(ctx, s.Origin, made.Line, f.Channel)
	if shared.Private != nil { // the form shows the result, so the question goes where it lasts
		reply.Direct = append(reply.Direct, Direct{User: s.User, Message: *shared.Private})
	}
	reply.Card, reply.Err = shared.Card, err
	return reply, nil
}

// problemText is a failure as one line within a form.
func (d *Desk) problemText(ctx context.Context, o Origin, err error, do, name string) string {
	return d.failedDoing(ctx, o, err, do, conference.Conference{Name: name}).Private.Text
}
