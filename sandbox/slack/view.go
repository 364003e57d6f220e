package slack

import (
	"encoding/json"
	"fmt"
	"slices"

	"confbot/sandbox/slack/control"
)

// view is a modal of one person, or their App Home.
type view struct {
	id, hash, kind string
	user           string
	root, previous string
	body           obj // as the app sent it, normalised
	blocks         []any
	state          values
	channel        string // where the person was, for default_to_current_conversation
	externalID     string
	payload        json.RawMessage
	blocksBefore   []any
	submitting     bool
}

// maxStack is how many modals may lie on top of each other (docs.slack.dev/surfaces/modals).
const maxStack = 3

func (w *workspace) newView(u *user, kind string, body obj, payload json.RawMessage, channel string) *view {
	v := &view{id: objectID("V"), kind: kind, user: u.ID, channel: channel}
	v.root = v.id
	w.draw(v, body, payload)
	w.views[v.id] = v
	return v
}

// draw puts a new body into a view and gives it a new hash. What people typed survives where block and action id stay.
func (w *workspace) draw(v *view, body obj, payload json.RawMessage) {
	v.blocksBefore = v.blocks
	v.body = body
	v.blocks = normalise(asList(body["blocks"]))
	v.state = startValues(v.blocks, v.state, v.channel)
	v.externalID = asString(body["external_id"])
	v.payload = payload
	v.hash = fmt.Sprintf("%d.%s", w.clock.now().Unix(), secret(4))
}

func (w *workspace) externalIDTaken(id string, except *view) bool {
	if id == "" {
		return false
	}
	for _, v := range w.views {
		if v != except && v.externalID == id {
			return true
		}
	}
	return false
}

// pop closes a view and everything above it.
func (w *workspace) pop(u *user, v *view) {
	at := slices.Index(u.modals, v)
	if at < 0 {
		return
	}
	for _, gone := range u.modals[at:] {
		delete(w.views, gone.id)
	}
	u.modals = u.modals[:at]
}

func (w *workspace) clearModals(u *user) {
	if len(u.modals) > 0 {
		w.pop(u, u.modals[0])
	}
}

// api is the view in Slack's shape.
func (v *view) api(w *workspace) obj {
	o := obj{
		"id": v.id, "team_id": w.team.ID, "type": v.kind, "blocks": v.blocks, "private_metadata": asString(v.body["private_metadata"]),
		"callback_id": asString(v.body["callback_id"]), "external_id": v.externalID, "hash": v.hash, "state": obj{"values": v.state},
		"title": v.body["title"], "submit": v.body["submit"], "close": v.body["close"], "clear_on_close": asBool(v.body["clear_on_close"]),
		"notify_on_close": asBool(v.body["notify_on_close"]), "root_view_id": v.root, "previous_view_id": nil,
		"app_id": w.bot.AppID, "app_installed_team_id": w.team.ID, "bot_id": w.bot.BotID,
	}
	if v.blocks == nil {
		o["blocks"] = []any{}
	}
	if v.previous != "" {
		o["previous_view_id"] = v.previous
	}
	return o
}

// shown is the view as the control API shows it.
func (v *view) shown(w *workspace) control.View {
	var out control.View
	if err := json.Unmarshal(encode(v.api(w)), &out); err != nil {
		return control.View{ID: v.id, Type: v.kind, Hash: v.hash}
	}
	return out
}

func (w *workspace) shownStack(u *user) []control.View {
	out := make([]control.View, 0, len(u.modals))
	for _, v := range u.modals {
		out = append(out, v.shown(w))
	}
	return out
}
