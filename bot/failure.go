package bot

import (
	"errors"
	"net/http"

	"github.com/slack-go/slack"
)

// Slack's refusals, by what they mean to us.
// Sources: https://docs.slack.dev/reference/methods/chat.postMessage#errors and
// https://docs.slack.dev/reference/methods/chat.update#errors

// place says that something cannot be posted where it should go.
type place string

const (
	placeFine     place = ""
	placeNotIn    place = "not_in"    // we are not in that channel, or it does not exist for us
	placeArchived place = "archived"  // nobody can write there
	placeReadOnly place = "read_only" // we may not write there
	placePerson   place = "person"    // the person is not in that channel, or has left
)

var places = map[string]place{
	"not_in_channel":                           placeNotIn,
	"channel_not_found":                        placeNotIn,
	"channel_is_limited_access":                placeNotIn,
	"is_archived":                              placeArchived,
	"is_inactive":                              placeArchived,
	"restricted_action":                        placeReadOnly,
	"restricted_action_read_only_channel":      placeReadOnly,
	"restricted_action_thread_only_channel":    placeReadOnly,
	"restricted_action_non_threadable_channel": placeReadOnly,
	"restricted_action_thread_locked":          placeReadOnly,
	"cannot_reply_to_message":                  placeReadOnly,
	"user_not_in_channel":                      placePerson,
	"user_not_found":                           placePerson,
	"user_disabled":                            placePerson,
	"user_not_visible":                         placePerson,
	"messages_tab_disabled":                    placePerson,
	"cannot_dm_bot":                            placePerson,
}

// placeOf returns what is wrong with the place that a call was for.
func placeOf(err error) place { return places[slackCode(err)] }

// unknownMethod reports whether there is no such method where we call it. Slack
// itself has all that we use; what stands in for it need not.
func unknownMethod(err error) bool {
	status, ok := errors.AsType[slack.StatusCodeError](err)
	return slackCode(err) == "unknown_method" || (ok && (status.Code == http.StatusNotFound || status.Code == http.StatusNotImplemented))
}

// messageGone reports whether a message can never be changed again.
func messageGone(err error) bool {
	switch slackCode(err) {
	case "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived", "is_inactive":
		return true
	}
	return false
}

// tooLong reports whether Slack wants a smaller message. The limit on the sum
// of all blocks is not documented; see https://github.com/slackapi/bolt-js/issues/2509.
func tooLong(err error) bool {
	switch slackCode(err) {
	case "msg_blocks_too_long", "msg_too_long":
		return true
	}
	return false
}

// formGone reports whether a form is no longer there to be changed.
func formGone(err error) bool {
	switch slackCode(err) {
	case "not_found", "view_not_found":
		return true
	}
	return false
}

// triggerSpent reports whether a form came too late to be opened.
func triggerSpent(err error) bool {
	switch slackCode(err) {
	case "expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired", "trigger_exchanged":
		return true
	}
	return false
}
