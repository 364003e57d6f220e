package commands

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// question is a time that could not be read before somebody says which place
// a zone's short name means. It travels in the buttons that ask.
type question struct {
	Conference conference.ID `json:"c"`
	Channel    string        `json:"h"`
	Typed      string        `json:"t"`
	Word       string        `json:"w"`
}

const questionMark = "q."

func (q question) encode() string {
	raw, err := json.Marshal(q)
	if err != nil {
		return ""
	}
	return questionMark + base64.RawURLEncoding.EncodeToString(raw)
}

// parseQuestion reads what encode wrote. The error is blocks.ErrStale.
func parseQuestion(s string) (question, error) {
	var q question
	rest, ok := strings.CutPrefix(s, questionMark)
	raw, err := base64.RawURLEncoding.DecodeString(rest)
	if !ok || err != nil || json.Unmarshal(raw, &q) != nil || q.Conference == "" {
		return q, blocks.ErrStale
	}
	return q, nil
}

// in is what was typed, with the zone in the short name's stead.
func (q question) in(zone string) string {
	i := strings.LastIndex(strings.ToLower(q.Typed), strings.ToLower(q.Word))
	if i < 0 {
		return q.Typed + " in " + zone
	}
	return q.Typed[:i] + zone + q.Typed[i+len(q.Word):]
}

// pickZone goes on with a zone: for a draft that is shown, or a time whose
// zone could mean several places.
func pickZone(d *Desk, ctx context.Context, p *press) (Reply, error) {
	zone, value, err := blocks.ParseZonePick(p.Value)
	if err != nil {
		return Reply{}, err
	}
	if q, err := parseQuestion(value); err == nil {
		return d.answered(ctx, p, q, zone)
	}
	dr, err := d.draftOf(p, value)
	if err != nil {
		return Reply{}, err
	}
	dr.Rule.Zone, dr.ownZone = zone, false
	if r, ok := refusalOf(dr.Rule.Check(d.now())); ok {
		return Reply{Private: ptr(blocks.RuleRefused(r, dr.Rule.Phrase())), Over: p.Ephemeral}, nil
	}
	return d.previewAgain(ctx, p, dr)
}

// answered reads the time again with the place that was chosen.
func (d *Desk) answered(ctx context.Context, p *press, q question, zone string) (Reply, error) {
	c, err := d.book.ByID(ctx, q.Conference)
	if err != nil {
		return Reply{}, err
	}
	s, err := d.allow(ctx, p.person, p.Channel, c, RightAnnounce)
	if err != nil {
		return Reply{}, err
	}
	p.conf = c
	rule, err := announce.Parse(q.in(zone), d.now(), p.person.zone())
	if r, ok := refusalOf(err); ok {
		return Reply{Private: ptr(blocks.RuleRefused(r, q.Typed)), Over: p.Ephemeral}, nil
	}
	dr := draft{}
	dr.Announcement = announce.Announcement{ID: announce.NewID(), Conference: c.ID, Channel: q.Channel, Rule: rule, Owner: p.User}
	reply, err := d.previewMessage(ctx, s, c, dr)
	reply.Over = p.Ephemeral
	return reply, err
}

// draftOf is the draft that a preview's button stands for: its value, or in a
// form what the form remembers.
func (d *Desk) draftOf(p *press, value string) (draft, error) {
	if value == "" {
		value = p.meta.Item
	}
	dr, err := parseDraft(value)
	dr.Owner = p.User
	return dr, err
}

// checkChannelAgain is "Check again", after somebody invited confbot.
func checkChannelAgain(d *Desk, ctx context.Context, p *press) (Reply, error) {
	dr, err := d.draftOf(p, p.Value)
	if err != nil {
		return Reply{}, err
	}
	return d.previewAgain(ctx, p, dr)
}

// previewAgain draws a preview anew, where it stands.
func (d *Desk) previewAgain(ctx context.Context, p *press, dr draft) (Reply, error) {
	c, err := d.book.ByID(ctx, dr.Conference)
	if err != nil {
		return Reply{}, err
	}
	s, err := d.mayAnnounce(ctx, p.person, p.Channel, c, dr)
	if err != nil {
		return Reply{}, err
	}
	p.conf = c
	if p.View == nil {
		reply, err := d.previewMessage(ctx, s, c, dr)
		reply.Over = p.Ephemeral
		return reply, err
	}
	return d.previewView(ctx, s, c, dr, p.meta)
}

// inPlace marks a preview that stands where its form stood: a button leads
// back then, since closing it does not.
const inPlace = "in_place"

// previewView shows a draft in the form that waits for it.
func (d *Desk) previewView(ctx context.Context, s standing, c conference.Conference, dr draft, m blocks.Meta) (Reply, error) {
	data, refused, err := d.preview(ctx, s, c, dr)
	if err != nil {
		return Reply{}, err
	}
	if refused != nil {
		v := blocks.InForm("Not here", *refused, m)
		v.Close = "Back"
		return Reply{View: &v}, nil
	}
	dr.foreign = data.Shared
	data.Meta = blocks.Meta{Conference: c.ID, Channel: m.Channel, Thread: m.Thread, Action: m.Action, Item: dr.encode()}
	v := blocks.Preview(data)
	if m.Action == inPlace {
		v = blocks.Changeable(v)
	}
	return Reply{View: &v}, nil
}
