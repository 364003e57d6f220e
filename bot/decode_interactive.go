package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"confbot/blocks"
	"confbot/commands"
)

// interactive is what the payloads of interactions have in common. Fields of
// one sort of payload only are empty in the others.
// Source: https://docs.slack.dev/reference/interaction-payloads
type interactive struct {
	Type string `json:"type"`
	Team struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"channel"`
	Container struct {
		Type      string `json:"type"`
		MessageTS string `json:"message_ts"`
		ThreadTS  string `json:"thread_ts"`
		ChannelID string `json:"channel_id"`
		Ephemeral bool   `json:"is_ephemeral"`
		ViewID    string `json:"view_id"`
	} `json:"container"`
	Message struct {
		TS       string `json:"ts"`
		ThreadTS string `json:"thread_ts"`
	} `json:"message"`
	View      *viewPayload `json:"view"`
	State     stateValues  `json:"state"`
	Actions   []action     `json:"actions"`
	Trigger   string       `json:"trigger_id"`
	Response  string       `json:"response_url"`
	Callback  string       `json:"callback_id"`
	ActionTS  string       `json:"action_ts"`
	MessageTS string       `json:"message_ts"`
	ActionID  string       `json:"action_id"` // of a type-ahead
	BlockID   string       `json:"block_id"`
	Value     string       `json:"value"`
}

type viewPayload struct {
	ID       string      `json:"id"`
	Type     string      `json:"type"`
	Title    labelText   `json:"title"`
	Root     string      `json:"root_view_id"`
	Previous string      `json:"previous_view_id"`
	Hash     string      `json:"hash"`
	Callback string      `json:"callback_id"`
	Meta     string      `json:"private_metadata"`
	State    stateValues `json:"state"`
}

func (v *viewPayload) ref() *commands.ViewRef {
	if v == nil || v.ID == "" {
		return nil
	}
	return &commands.ViewRef{ID: v.ID, RootID: v.Root, Previous: v.Previous, Hash: v.Hash, CallbackID: v.Callback, Meta: v.Meta}
}

func decodeInteractive(payload []byte) (arrival, error) {
	var p interactive
	err := unmarshal(payload, &p)
	a := arrival{kind: kindIgnored, name: p.Type, responseURL: p.Response, trigger: p.Trigger}
	if p.Channel.Name != "privategroup" && p.Channel.Name != "directmessage" {
		a.channelName = p.Channel.Name
	}
	a.view, a.inHome = p.View.ref(), p.View != nil && p.View.Type == "home"
	if err == nil {
		p.fill(&a)
	}
	a.setOrigin(p.origin())
	if err != nil {
		return a, fmt.Errorf("%w: %w", errMalformed, err)
	}
	if a.kind != kindIgnored && p.User.ID == "" {
		return a, fmt.Errorf("%w: %s without a person", errMalformed, p.Type)
	}
	if p.Type == "block_actions" && len(p.Actions) == 0 {
		return a, fmt.Errorf("%w: block_actions without an action", errMalformed)
	}
	if (a.kind == kindSubmission || a.kind == kindClosed) && a.view == nil {
		return a, fmt.Errorf("%w: %s without a form", errMalformed, p.Type)
	}
	return a, nil
}

// origin says where it happened. A message that began a thread names itself
// as the thread; it counts as outside, where most people see it.
func (p *interactive) origin() commands.Origin {
	o := commands.Origin{
		Team: first(p.Team.ID, p.User.Team), User: p.User.ID,
		Channel:  first(p.Channel.ID, p.Container.ChannelID),
		ThreadTS: first(p.Message.ThreadTS, p.Container.ThreadTS),
	}
	if o.ThreadTS == p.messageTS() {
		o.ThreadTS = ""
	}
	if o.Channel == "" && p.View != nil {
		// A form remembers where it was opened.
		if from, err := blocks.ParseMeta(p.View.Meta); err == nil {
			o.Channel, o.ThreadTS = from.Channel, from.Thread
		}
	}
	return o
}

func (p *interactive) messageTS() string {
	return first(p.Container.MessageTS, p.MessageTS, p.Message.TS)
}

// fill reads what is particular to each sort of interaction.
func (p *interactive) fill(a *arrival) {
	switch p.Type {
	case "block_actions":
		if len(p.Actions) == 0 {
			return
		}
		act := p.Actions[0] // Slack sends one press at a time
		field := act.field()
		a.kind, a.name, a.pressed = kindClick, act.ActionID, act.label()
		a.key = markOf(p.Trigger+act.ActionTS, append(field.Values, field.Value, act.ActionID, act.BlockID, p.User.ID, p.messageTS(), p.Response)...)
		a.click = commands.Click{
			ActionID: act.ActionID, BlockID: act.BlockID, Value: field.Value, Values: field.Values,
			MessageTS: p.messageTS(), Ephemeral: p.Container.Ephemeral, View: a.view, State: p.State.state(),
		}
		if p.View != nil {
			a.click.State = p.View.State.state()
		}
	case "shortcut", "message_action":
		a.kind, a.name, a.key = kindShortcut, p.Callback, markOf(p.Trigger+p.ActionTS, p.Callback, p.User.ID, p.messageTS(), p.Response)
		a.click = commands.Click{ActionID: p.Callback, MessageTS: p.messageTS()}
	case "view_submission":
		a.kind = kindSubmission
		if a.view != nil {
			a.name, a.pressed = a.view.CallbackID, p.View.Title.Text
			a.submission = commands.Submission{View: *a.view, State: p.View.State.state()}
			a.key = markOf(p.Trigger, a.view.ID, a.view.CallbackID, p.User.ID, fmt.Sprint(a.submission.State))
		}
	case "view_closed":
		a.kind = kindClosed
		if a.view != nil {
			a.name = a.view.CallbackID
		}
	case "block_suggestion":
		a.kind, a.name = kindQuery, p.ActionID
		a.query = commands.Query{ActionID: p.ActionID, BlockID: p.BlockID, Text: p.Value, View: a.view}
	}
}

// markOf makes the mark by which a repetition is known: what Slack gives each
// interaction but once, and, as that is not promised, what was asked for. A
// repetition has all of it in common. Without the former there is no mark.
func markOf(once string, asked ...string) string {
	if once == "" {
		return ""
	}
	sum := sha256.New()
	for _, part := range asked {
		_, _ = fmt.Fprintf(sum, "%q", part)
	}
	return once + "/" + hex.EncodeToString(sum.Sum(nil)[:8])
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// stateValues is what inputs hold, block id → action id.
type stateValues struct {
	Values map[string]map[string]json.RawMessage `json:"values"`
}

func (s stateValues) state() commands.State {
	state := make(commands.State, len(s.Values))
	for block, inputs := range s.Values {
		fields := make(map[string]commands.Field, len(inputs))
		for id, raw := range inputs {
			var in action
			if unmarshal(raw, &in) == nil {
				fields[id] = in.field()
			}
		}
		state[block] = fields
	}
	return state
}
