package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"confbot/conference"
)

// subject is what a call is about, which decides what a 404 means.
type subject int

const (
	aboutAccount subject = iota // the login, or the list
	aboutConference
	aboutParticipant
)

// refusal is the private side of an answer that is not a success: what may be
// logged of it. It holds field names and rules, never a value.
type refusal struct {
	status     int
	complaints []complaint
	broken     bool
}

func (r *refusal) Error() string {
	s := fmt.Sprintf("status %d", r.status)
	if r.broken {
		s += ", not JSON"
	}
	for _, c := range r.complaints {
		s += fmt.Sprintf(", %s: %s", c.field, c.rule)
	}
	return s
}

// explain turns an answer into nil or an error of package conference. It is
// the one place that does.
func explain(what call, a answer) error {
	if a.good() && !a.broken {
		return nil
	}
	r := &refusal{status: a.status, broken: a.broken}
	e := &conference.Error{Cause: r}
	if what.login && loginRefused(a.status) {
		e.Kind, e.Reason = conference.Unavailable, conference.LoginRefused
		return e
	}
	switch s := a.status; s {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		r.complaints = complaintsOf(a.body)
		e.Kind, e.Reason, e.Field = blame(r.complaints)
	case http.StatusConflict:
		r.complaints = complaintsOf(a.body)
		e.Kind, e.Reason = conference.Conflict, conference.ChangedSince
		if k, reason, field := blame(r.complaints); k == conference.Conflict {
			e.Reason, e.Field = reason, field
		}
	case http.StatusUnauthorized:
		e.Kind, e.Reason = conference.Unavailable, conference.LoginRefused
	case http.StatusPaymentRequired, http.StatusForbidden, http.StatusLocked:
		e.Kind, e.Reason = conference.Denied, conference.NotAllowed
	case http.StatusNotFound, http.StatusGone:
		e.Kind, e.Reason = missing(what.about)
	case http.StatusMethodNotAllowed, http.StatusNotImplemented:
		e.Kind, e.Reason = conference.Denied, conference.Unsupported
	case http.StatusTooManyRequests:
		e.Kind, e.Reason = conference.Unavailable, conference.Busy
	case http.StatusRequestEntityTooLarge:
		e.Kind, e.Reason = conference.Invalid, conference.Refused
	default: // 5xx, redirects, what nobody expects, and answers that cannot be read
		e.Kind, e.Reason = conference.Unavailable, conference.Silent
		e.Unsure = what.write() && !what.login && (s >= 500 || a.good())
	}
	return e
}

// loginRefused reports the statuses that stand for a bad key: Audian's page
// says 401, a Kazoo says 404 for an unknown and 400 for a malformed one.
func loginRefused(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return true
	}
	return false
}

func missing(about subject) (conference.Kind, conference.Reason) {
	switch about {
	case aboutConference:
		return conference.NotFound, conference.NoConference
	case aboutParticipant:
		return conference.NotFound, conference.NoParticipant
	case aboutAccount:
	}
	return conference.Unavailable, conference.Silent
}

// unanswered is the error for a call that got no answer. had tells whether it
// had its turn, sent whether it got as far as a connection: only then may a
// write have been carried out.
func unanswered(what call, had, sent bool, err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok { // its text holds the address
		err = u.Err
	}
	e := &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Cause: err}
	if !had && errors.Is(err, context.DeadlineExceeded) {
		e.Reason = conference.Busy
	}
	e.Unsure = sent && what.write() && !what.login
	return e
}

// refusedStatus returns the status of the answer behind err; 0 if there is
// none.
func refusedStatus(err error) int {
	if r, ok := errors.AsType[*refusal](err); ok {
		return r.status
	}
	return 0
}
