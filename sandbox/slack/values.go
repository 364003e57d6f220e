package slack

import (
	"encoding/json"
	"fmt"
	"slices"

	"confbot/sandbox/slack/control"
)

// elementKind says where an element keeps its value: the field in a payload and the field with its first value.
type elementKind struct {
	field   string
	initial string
	many    bool
}

// elementKinds is every interactive element (docs.slack.dev/reference/block-kit/block-elements). Those without a field
// carry no state.
var elementKinds = map[string]elementKind{
	"button": {}, "workflow_button": {}, "overflow": {}, "feedback_buttons": {}, "icon_button": {},
	"plain_text_input":           {field: "value", initial: "initial_value"},
	"number_input":               {field: "value", initial: "initial_value"},
	"email_text_input":           {field: "value", initial: "initial_value"},
	"url_text_input":             {field: "value", initial: "initial_value"},
	"rich_text_input":            {field: "rich_text_value", initial: "initial_value"},
	"static_select":              {field: "selected_option", initial: "initial_option"},
	"external_select":            {field: "selected_option", initial: "initial_option"},
	"radio_buttons":              {field: "selected_option", initial: "initial_option"},
	"multi_static_select":        {field: "selected_options", initial: "initial_options", many: true},
	"multi_external_select":      {field: "selected_options", initial: "initial_options", many: true},
	"checkboxes":                 {field: "selected_options", initial: "initial_options", many: true},
	"users_select":               {field: "selected_user", initial: "initial_user"},
	"multi_users_select":         {field: "selected_users", initial: "initial_users", many: true},
	"conversations_select":       {field: "selected_conversation", initial: "initial_conversation"},
	"multi_conversations_select": {field: "selected_conversations", initial: "initial_conversations", many: true},
	"channels_select":            {field: "selected_channel", initial: "initial_channel"},
	"multi_channels_select":      {field: "selected_channels", initial: "initial_channels", many: true},
	"datepicker":                 {field: "selected_date", initial: "initial_date"},
	"timepicker":                 {field: "selected_time", initial: "initial_time"},
	"datetimepicker":             {field: "selected_date_time", initial: "initial_date_time"},
	"file_input":                 {field: "files", many: true},
}

func interactive(kind string) bool {
	_, known := elementKinds[kind]
	return known
}

// values is the state of inputs: block id → action id → {"type":…, field:…}.
type values map[string]map[string]obj

func (v values) get(blockID, actionID string) obj { return v[blockID][actionID] }

func (v values) set(blockID, actionID string, value obj) {
	if v[blockID] == nil {
		v[blockID] = map[string]obj{}
	}
	v[blockID][actionID] = value
}

// startValues is the state of freshly drawn blocks. channel is where the person was, for default_to_current_conversation.
// Values of an earlier drawing survive where block id, action id and type are the same.
func startValues(blocks []any, before values, channel string) values {
	out := values{}
	for _, e := range elements(blocks) {
		kind := elementKinds[e.kind()]
		if kind.field == "" {
			continue
		}
		if old := before.get(e.blockID(), e.actionID()); old != nil && asString(old["type"]) == e.kind() {
			out.set(e.blockID(), e.actionID(), old)
			continue
		}
		out.set(e.blockID(), e.actionID(), obj{"type": e.kind(), kind.field: firstValue(e, kind, channel)})
	}
	return out
}

func firstValue(e element, kind elementKind, channel string) any {
	if v, has := e.el[kind.initial]; has && kind.initial != "" {
		return v
	}
	if asBool(e.el["default_to_current_conversation"]) && channel != "" {
		if kind.many {
			return []any{channel}
		}
		return channel
	}
	if kind.many {
		return []any{}
	}
	return nil
}

// merge lays given values over the state; what isn't drawn is refused, since Slack's client could not have sent it.
func (v values) merge(blocks []any, given control.Values) error {
	for blockID, actions := range given {
		for actionID, raw := range actions {
			e, found := findElement(blocks, blockID, actionID)
			if !found {
				return fmt.Errorf("there is no input %s/%s", blockID, actionID)
			}
			var choice control.Choice
			if err := json.Unmarshal(raw, &choice); err != nil {
				return fmt.Errorf("value of %s/%s: %w", blockID, actionID, err)
			}
			kind := elementKinds[e.kind()]
			if kind.field == "" {
				continue
			}
			value, err := readValue(e, choice, raw)
			if err != nil {
				return err
			}
			v.set(blockID, actionID, value)
		}
	}
	return nil
}

// readValue turns what a person chose into Slack's shape and refuses options that were not on offer.
func readValue(e element, c control.Choice, raw json.RawMessage) (obj, error) {
	kind := elementKinds[e.kind()]
	out := obj{"type": e.kind()}
	switch kind.field {
	case "value":
		out["value"] = textOrNull(c.Value)
	case "selected_option":
		option, err := offered(e, c.SelectedOption)
		if err != nil {
			return nil, err
		}
		out["selected_option"] = option
	case "selected_options":
		chosen := []any{}
		for _, one := range c.SelectedOptions {
			option, err := offered(e, one)
			if err != nil {
				return nil, err
			}
			chosen = append(chosen, option)
		}
		out["selected_options"] = chosen
	case "selected_date":
		out[kind.field] = textOrNull(c.SelectedDate)
	case "selected_time":
		out[kind.field] = textOrNull(c.SelectedTime)
		if zone := asString(e.el["timezone"]); zone != "" {
			out["timezone"] = zone
		}
	case "selected_date_time":
		out[kind.field] = nil
		if c.SelectedDateTime != nil {
			out[kind.field] = *c.SelectedDateTime
		}
	default:
		v, err := decode(raw)
		if err != nil {
			return nil, err
		}
		if out[kind.field] = asObj(v)[kind.field]; out[kind.field] == nil && kind.many {
			out[kind.field] = []any{}
		}
	}
	return out, nil
}

func textOrNull(s *string) any {
	if s == nil || *s == "" {
		return nil
	}
	return *s
}

// offered finds the drawn option for a value. External selects offer what the app suggested, which only the asking client
// knows, so there the whole option is taken as given.
func offered(e element, raw json.RawMessage) (any, error) {
	if isEmpty(raw) {
		return nil, nil // a cleared select is null
	}
	given, err := decode(raw)
	if err != nil {
		return nil, err
	}
	value := asString(given)
	if o := asObj(given); o != nil {
		value = asString(o["value"])
	}
	all := options(e.el)
	at := slices.IndexFunc(all, func(o any) bool { return asString(asObj(o)["value"]) == value })
	if at >= 0 {
		return all[at], nil
	}
	if o := asObj(given); o != nil && (e.kind() == "external_select" || e.kind() == "multi_external_select") {
		return o, nil
	}
	return nil, fmt.Errorf("%s/%s does not offer %q", e.blockID(), e.actionID(), value)
}

// options lists an element's options, those in groups included.
func options(el obj) []any {
	all := slices.Clone(asList(el["options"]))
	for _, g := range asList(el["option_groups"]) {
		all = append(all, asList(asObj(g)["options"])...)
	}
	return all
}

// empty tells whether a required input would count as not filled in.
func (kind elementKind) empty(value obj) bool {
	switch t := value[kind.field].(type) {
	case nil:
		return true
	case string:
		return t == ""
	case []any:
		return len(t) == 0
	}
	return false
}
