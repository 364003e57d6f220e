package blockkit

import (
	"strings"
	"testing"
)

// acting is an actions block round one element.
func acting(element string) string { return `{"type":"actions","elements":[` + element + `]}` }

// asking is an input block round one element.
func asking(element string) string {
	return `{"type":"input","label":` + anyLabel + `,"element":` + element + `}`
}

func TestLimitsOfButtonsAndMenus(t *testing.T) {
	t.Parallel()
	button := func(more string) string {
		return acting(`{"type":"button","text":` + anyLabel + `,` + more + `}`)
	}
	menu := func(more string) string { return acting(`{"type":"static_select",` + more + `}`) }
	option := `{"text":` + anyLabel + `,"value":"#"}`
	group := `{"label":` + anyLabel + `,"options":[` + option + `]}`
	flow := func(more string) string {
		return acting(`{"type":"workflow_button","text":` + anyLabel + `,"workflow":{"trigger":{"url":"u"}}` + more + `}`)
	}
	const at = "/elements/0"
	testLimits(t, []limit{
		longest(acting(`{"type":"button","text":{"type":"plain_text","text":"@"}}`), 75, at+"/text/text"),
		oneOf(acting(`{"type":"button","text":{"type":"@","text":"x"}}`), "plain_text", at+"/text/type"),
		longest(button(`"action_id":"@"`), 255, at+"/action_id"),
		longest(button(`"value":"@"`), 2000, at+"/value"),
		longest(button(`"url":"@"`), 3000, at+"/url"),
		longest(button(`"accessibility_label":"@"`), 75, at+"/accessibility_label"),
		oneOf(button(`"style":"@"`), "danger", at+"/style"),
		least(button(`"visible_to_user_ids":[@]`), `"U1"`, at+"/visible_to_user_ids"),
		nonEmpty(button(`"agent_prompt":"@"`), at+"/agent_prompt"),

		longest(acting(`{"type":"workflow_button","text":{"type":"plain_text","text":"@"},"workflow":{"trigger":{"url":"u"}}}`), 75, at+"/text/text"),
		longest(flow(`,"accessibility_label":"@"`), 75, at+"/accessibility_label"),
		oneOf(flow(`,"style":"@"`), "primary", at+"/style"),
		{block: flow(`,"@"`), passes: `action_id":"a`, fails: `value":"a`, pointer: at, message: "invalid additional property: value"},
		nonEmpty(acting(`{"type":"workflow_button","text":`+anyLabel+`,"workflow":{"trigger":{"url":"@"}}}`), at+"/workflow/trigger/url"),

		most(acting(`{"type":"overflow","options":[@]}`), 5, option, at+"/options"),
		least(acting(`{"type":"overflow","options":[@]}`), option, at+"/options"),
		longest(acting(`{"type":"overflow","options":[{"text":`+anyLabel+`,"value":"v","url":"@"}]}`), 3000, at+"/options/0/url"),

		most(menu(`"options":[@]`), 100, option, at+"/options"),
		least(menu(`"options":[@]`), option, at+"/options"),
		most(menu(`"option_groups":[@]`), 100, group, at+"/option_groups"),
		least(menu(`"option_groups":[@]`), group, at+"/option_groups"),
		most(menu(`"option_groups":[{"label":`+anyLabel+`,"options":[@]}]`), 100, option, at+"/option_groups/0/options"),
		least(menu(`"option_groups":[{"label":`+anyLabel+`,"options":[@]}]`), option, at+"/option_groups/0/options"),
		longest(menu(`"option_groups":[{"label":{"type":"plain_text","text":"@"},"options":[`+option+`]}]`), 75, at+"/option_groups/0/label/text"),
		longest(menu(`"options":[{"text":{"type":"plain_text","text":"@"},"value":"v"}]`), 75, at+"/options/0/text/text"),
		oneOf(menu(`"options":[{"text":{"type":"@","text":"x"},"value":"v"}]`), "plain_text", at+"/options/0/text/type"),
		longest(menu(`"options":[{"text":`+anyLabel+`,"value":"@"}]`), 150, at+"/options/0/value"),
		nonEmpty(menu(`"options":[{"text":`+anyLabel+`,"value":"@"}]`), at+"/options/0/value"),
		longest(menu(`"options":[{"text":`+anyLabel+`,"value":"v","description":{"type":"plain_text","text":"@"}}]`), 75, at+"/options/0/description/text"),
		{block: menu(`"options":[{"text":` + anyLabel + `,"value":"v"@}]`), passes: "", fails: `,"url":"u"`, pointer: at + "/options/0", message: "invalid additional property: url"},
		longest(menu(`"options":[`+option+`],"placeholder":{"type":"plain_text","text":"@"}`), 150, at+"/placeholder/text"),
		{block: acting(`{"type":"multi_users_select","max_selected_items":@}`), passes: "1", fails: "0", pointer: at + "/max_selected_items", message: "must be greater than 1"},
		{block: acting(`{"type":"external_select","min_query_length":@}`), passes: "0", fails: "-1", pointer: at + "/min_query_length", message: "must be greater than 0"},
		most(acting(`{"type":"multi_external_select","initial_options":[@]}`), 100, option, at+"/initial_options"),

		least(acting(`{"type":"conversations_select","filter":{"include":[@]}}`), `"im"`, at+"/filter/include"),
		oneOf(acting(`{"type":"conversations_select","filter":{"include":["@"]}}`), "mpim", at+"/filter/include/0"),
		{block: acting(`{"type":"multi_conversations_select","filter":{@}}`), passes: `"exclude_bot_users":false`, fails: ``, pointer: at + "/filter", message: "must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`"},
		least(acting(`{"type":"multi_channels_select","initial_channels":[@]}`), `"C1"`, at+"/initial_channels"),
		least(acting(`{"type":"multi_conversations_select","initial_conversations":[@]}`), `"C1"`, at+"/initial_conversations"),
	})
}

func TestLimitsOfConfirm(t *testing.T) {
	t.Parallel()
	confirming := func(confirm string) string {
		return acting(`{"type":"button","text":` + anyLabel + `,"confirm":{` + confirm + `}}`)
	}
	const at = "/elements/0/confirm"
	text := `"text":` + anyText
	testLimits(t, []limit{
		longest(confirming(text+`,"title":{"type":"plain_text","text":"@"}`), 100, at+"/title/text"),
		longest(confirming(`"text":{"type":"mrkdwn","text":"@"}`), 300, at+"/text/text"),
		longest(confirming(text+`,"confirm":{"type":"plain_text","text":"@"}`), 30, at+"/confirm/text"),
		longest(confirming(text+`,"deny":{"type":"plain_text","text":"@"}`), 30, at+"/deny/text"),
		oneOf(confirming(text+`,"style":"@"`), "danger", at+"/style"),
		oneOf(confirming(text+`,"title":{"type":"@","text":"x"}`), "plain_text", at+"/title/type"),
		{block: confirming(`@`), passes: text, fails: `"style":"danger"`, pointer: at, message: "missing required field: text"},
	})
}

func TestLimitsOfChoices(t *testing.T) {
	t.Parallel()
	option := `{"text":` + anyText + `,"value":"#"}`
	var limits []limit
	for _, name := range []string{"checkboxes", "radio_buttons"} {
		chooser := acting(`{"type":"` + name + `","options":[@]}`)
		one := func(option string) string { return strings.ReplaceAll(chooser, "@", option) }
		limits = append(limits,
			most(chooser, 10, option, "/elements/0/options"),
			least(chooser, option, "/elements/0/options"),
			longest(one(`{"text":{"type":"mrkdwn","text":"@"},"value":"v"}`), 75, "/elements/0/options/0/text/text"),
			longest(one(`{"text":`+anyText+`,"value":"@"}`), 150, "/elements/0/options/0/value"),
			longest(one(`{"text":`+anyText+`,"value":"v","description":{"type":"mrkdwn","text":"@"}}`), 75, "/elements/0/options/0/description/text"),
		)
	}
	testLimits(t, limits)
}

func TestLimitsOfPickers(t *testing.T) {
	t.Parallel()
	const at = "/elements/0"
	date := "input must match regex pattern: ^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$"
	clock := "input must match regex pattern: ^([01]\\d|2[0-3]):[0-5]\\d$"
	limits := []limit{
		{block: acting(`{"type":"datepicker","initial_date":"@"}`), passes: "2026-12-31", fails: "2026-13-01", pointer: at + "/initial_date", message: date},
		{block: acting(`{"type":"datepicker","initial_date":"@"}`), passes: "2026-01-01", fails: "31.12.2026", pointer: at + "/initial_date", message: date},
		{block: acting(`{"type":"timepicker","initial_time":"@"}`), passes: "23:59", fails: "24:00", pointer: at + "/initial_time", message: clock},
		{block: acting(`{"type":"timepicker","initial_time":"@"}`), passes: "09:05", fails: "9:05", pointer: at + "/initial_time", message: clock},
		nonEmpty(acting(`{"type":"timepicker","timezone":"@"}`), at+"/timezone"),
		longest(acting(`{"type":"datepicker","placeholder":{"type":"plain_text","text":"@"}}`), 150, at+"/placeholder/text"),
		{block: acting(`{"type":"datetimepicker"@}`), passes: "", fails: `,"placeholder":` + anyLabel, pointer: at, message: "invalid additional property: placeholder"},
	}
	testLimits(t, append(limits, span(acting(`{"type":"datetimepicker","initial_date_time":@}`), 1_000_000_000, 9_999_999_999, at+"/initial_date_time")...))
}

func TestLimitsOfInputs(t *testing.T) {
	t.Parallel()
	const at = "/element"
	field := func(more string) string { return asking(`{"type":"plain_text_input",` + more + `}`) }
	number := func(more string) string {
		return asking(`{"type":"number_input","is_decimal_allowed":true,` + more + `}`)
	}
	decimal := "input must match regex pattern: ^-?(\\d+\\.?\\d*|\\.\\d+)$"
	limits := []limit{
		longest(field(`"placeholder":{"type":"plain_text","text":"@"}`), 150, at+"/placeholder/text"),
		{block: field(`"max_length":@`), passes: "1", fails: "0", pointer: at + "/max_length", message: "must be greater than 1"},
		{block: field(`"min_length":@,"max_length":5`), passes: "5", fails: "6", pointer: at + "/min_length", message: "must not be greater than `max_length`"},
		least(field(`"dispatch_action_config":{"trigger_actions_on":[@]}`), `"on_enter_pressed"`, at+"/dispatch_action_config/trigger_actions_on"),
		most(field(`"dispatch_action_config":{"trigger_actions_on":[@]}`), 2, `"on_enter_pressed"`, at+"/dispatch_action_config/trigger_actions_on"),
		oneOf(field(`"dispatch_action_config":{"trigger_actions_on":["@"]}`), "on_character_entered", at+"/dispatch_action_config/trigger_actions_on/0"),
		{block: field(`@`), passes: `"multiline":true`, fails: `"confirm":{}`, pointer: at, message: "invalid additional property: confirm"},
		{block: number(`"initial_value":"@"`), passes: "-1.5", fails: "many", pointer: at + "/initial_value", message: decimal},
		{block: number(`"min_value":"@"`), passes: "0", fails: "1e3", pointer: at + "/min_value", message: decimal},
		{block: number(`"max_value":@`), passes: `"7"`, fails: `7`, pointer: at + "/max_value", message: "must provide a string"},
		{block: number(`"min_value":"@","max_value":"10"`), passes: "9.5", fails: "10.5", pointer: at + "/min_value", message: "must not be greater than `max_value`"},
		least(asking(`{"type":"file_input","filetypes":[@]}`), `"pdf"`, at+"/filetypes"),
		{block: asking(`{"type":"file_input"@}`), passes: ``, fails: `,"focus_on_load":true`, pointer: at, message: "invalid additional property: focus_on_load"},
		{block: `{"type":"input","label":` + anyLabel + `,"dispatch_action":@,"element":{"type":"file_input"}}`, passes: "false", fails: "true", pointer: "/dispatch_action", message: "must not be set for a `file_input` element"},
		{block: asking(`{"type":"rich_text_input","action_id":"a","initial_value":@}`), passes: richOf, fails: anyText, pointer: at + "/initial_value/type", message: "unsupported type: mrkdwn"},
	}
	limits = append(limits, span(field(`"min_length":@`), 0, 3000, at+"/min_length")...)
	limits = append(limits, span(asking(`{"type":"file_input","max_files":@}`), 1, 10, at+"/max_files")...)
	limits = append(limits, span(asking(`{"type":"rich_text_input","action_id":"a","min_lines":@}`), 1, 100, at+"/min_lines")...)
	limits = append(limits, span(asking(`{"type":"rich_text_input","action_id":"a","max_lines":@}`), 1, 100, at+"/max_lines")...)
	testLimits(t, onAll(Modal, limits))
}

func TestLimitsOfContextActions(t *testing.T) {
	t.Parallel()
	feedback := func(button string) string {
		return `{"type":"context_actions","elements":[{"type":"feedback_buttons","negative_button":{"text":` + anyLabel +
			`,"value":"-"},"positive_button":{` + button + `}}]}`
	}
	icon := func(more string) string {
		return `{"type":"context_actions","elements":[{"type":"icon_button","text":` + anyLabel + `,` + more + `}]}`
	}
	const at = "/elements/0"
	testLimits(t, []limit{
		longest(feedback(`"value":"+","text":{"type":"plain_text","text":"@"}`), 75, at+"/positive_button/text/text"),
		longest(feedback(`"text":`+anyLabel+`,"value":"@"`), 2000, at+"/positive_button/value"),
		longest(feedback(`"text":`+anyLabel+`,"value":"+","accessibility_label":"@"`), 75, at+"/positive_button/accessibility_label"),
		oneOf(icon(`"icon":"@"`), "trash", at+"/icon"),
		longest(icon(`"icon":"trash","value":"@"`), 2000, at+"/value"),
		longest(icon(`"icon":"trash","accessibility_label":"@"`), 75, at+"/accessibility_label"),
		longest(`{"type":"context_actions","elements":[{"type":"icon_button","icon":"trash","text":{"type":"plain_text","text":"@"}}]}`, 75, at+"/text/text"),
		least(icon(`"icon":"trash","visible_to_user_ids":[@]`), `"U1"`, at+"/visible_to_user_ids"),
	})
}

func TestTextObjectsKnowTheirOwnSwitch(t *testing.T) {
	t.Parallel()
	testLimits(t, []limit{
		{block: `{"type":"section","text":{"type":"plain_text","text":"x","@":true}}`, passes: "emoji", fails: "verbatim", pointer: "/text", message: "invalid additional property: verbatim"},
		{block: `{"type":"section","text":{"type":"mrkdwn","text":"x","@":true}}`, passes: "verbatim", fails: "emoji", pointer: "/text", message: "invalid additional property: emoji"},
	})
}
