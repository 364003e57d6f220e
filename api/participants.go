package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"confbot/conference"
)

// Paths of https://docs.audian.com/conferences.
const (
	pathParticipants = pathConference + "/participants"
	pathParticipant  = pathParticipants + "/{participant}"
)

// Participants reads who is on the line now, by time of joining. Nobody there
// is an empty list; a conference that does not exist is NotFound where the
// account tells the two apart.
func (c *Client) Participants(ctx context.Context, id conference.ID) ([]conference.Participant, error) {
	const verb = "participants.list"
	if err := usable(string(id)); err != nil {
		return nil, err
	}
	a, err := c.do(ctx, call{
		verb: verb, method: http.MethodGet, path: pathParticipants,
		params: map[string]string{"id": string(id)}, about: aboutConference,
	})
	if conference.KindOf(err) == conference.NotFound {
		// Nobody on the line may be no list; only the conference itself tells.
		_, err = c.read(ctx, id)
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	items, ok := listIn(a.data, "participants")
	if !ok {
		if (a.body == nil && a.status != http.StatusNoContent) || len(a.object()) > 0 || asText(a.data) != "" {
			return nil, unusable(verb, "the answer is no list")
		}
		return nil, nil // null, {} or no data at all: nobody
	}
	people := make([]conference.Participant, 0, len(items))
	for _, item := range items {
		o, _ := asObject(item)
		if p, ok := participantOf(o); ok {
			people = append(people, p)
		}
	}
	if len(people) == 0 && len(items) > 0 {
		return nil, unusable(verb, "nobody in the list can be read")
	}
	slices.SortFunc(people, func(p, q conference.Participant) int {
		return cmp.Or(p.Joined.Compare(q.Joined), cmp.Compare(len(p.ID), len(q.ID)), cmp.Compare(p.ID, q.ID))
	})
	return slices.CompactFunc(people, conference.Participant.Same), nil
}

// participantOf reads one person; ok is false if they have no id. A Kazoo
// says what may be heard and spoken in conference_channel_vars, or flat in
// older versions, where Audian's page says muted and deaf.
func participantOf(o object) (p conference.Participant, ok bool) {
	o = o.normal()
	vars := o.child("conference_channel_vars").normal()
	flag := func(key string) *bool {
		if v := asFlag(o.first(key)); v != nil {
			return v
		}
		return asFlag(vars.first(key))
	}
	id := asText(o.first("participant_id", "id"))
	if id == "" {
		id = asText(vars.first("member_id"))
	}
	if id == "" {
		return p, false
	}
	return conference.Participant{
		ID:      conference.ParticipantID(id),
		Name:    strings.TrimSpace(asText(o.first("caller_id_name"))),
		Number:  conference.NewNumber(asText(o.first("caller_id_number"))),
		Muted:   off(flag("muted"), flag("speak")),
		Deaf:    off(flag("deaf"), flag("hear")),
		Joined:  asTime(o.first("join_time")),
		Role:    roleOf(flag("is_moderator"), asText(o.first("role"))),
		Talking: flag("talking"),
	}, true
}

// off reads a state that is told directly or as its opposite.
func off(said, opposite *bool) bool {
	if said != nil {
		return *said
	}
	return opposite != nil && !*opposite
}

func roleOf(moderator *bool, role string) conference.Role {
	switch {
	case moderator != nil && *moderator, strings.EqualFold(role, "moderator"):
		return conference.RoleModerator
	case moderator != nil, strings.EqualFold(role, "member"):
		return conference.RoleMember
	}
	return conference.RoleUnknown
}
