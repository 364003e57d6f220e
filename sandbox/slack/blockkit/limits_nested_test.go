package blockkit

import (
	"fmt"
	"strings"
	"testing"
)

// lacking is a gap that holds a property which must not be left out.
func lacking(block, property, pointer string) limit {
	name, _, _ := strings.Cut(strings.TrimLeft(property, `,"`), `"`)
	return limit{block: block, passes: property, fails: "", pointer: pointer, message: "missing required field: " + name}
}

func richLeaf(leaf string) string {
	return `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + leaf + `]}]}`
}

func TestObjectsInsideMissWhatTheyMustHave(t *testing.T) {
	t.Parallel()
	menu := func(option string) string {
		return acting(`{"type":"static_select","options":[{` + option + `}]}`)
	}
	feedback := func(button string) string {
		return `{"type":"context_actions","elements":[{"type":"feedback_buttons","negative_button":{"text":` + anyLabel +
			`,"value":"-"},"positive_button":{` + button + `}}]}`
	}
	flow := func(workflow string) string {
		return acting(`{"type":"workflow_button","text":` + anyLabel + `,"workflow":{` + workflow + `}}`)
	}
	line := func(chart string) string {
		return `{"type":"data_visualization","title":"x","chart":{"type":"line"` + chart + `}}`
	}
	series := `,"series":[{"name":"n","data":[{"label":"a","value":1}]}]`
	axis := `,"axis_config":{"categories":["a"]}`
	cell := func(cell string) string {
		return `{"type":"data_table","caption":"x","rows":[[{"type":"raw_text","text":"x"}],[` + cell + `]]}`
	}
	part := func(part string) string { return `{"type":"rich_text","elements":[` + part + `]}` }
	icon := func(icon string) string {
		return `{"type":"card","title":` + anyText + `,"slack_icon":{` + icon + `}}`
	}
	testLimits(t, []limit{
		lacking(`{"type":"section","text":{"type":"mrkdwn"@}}`, `,"text":"x"`, "/text"),
		lacking(menu(`"value":"v"@`), `,"text":`+anyLabel, "/elements/0/options/0"),
		lacking(menu(`"text":`+anyLabel+`@`), `,"value":"v"`, "/elements/0/options/0"),
		lacking(acting(`{"type":"static_select","option_groups":[{"options":[`+anyOption+`]@}]}`), `,"label":`+anyLabel, "/elements/0/option_groups/0"),
		lacking(acting(`{"type":"static_select","option_groups":[{"label":`+anyLabel+`@}]}`), `,"options":[`+anyOption+`]`, "/elements/0/option_groups/0"),
		lacking(feedback(`"value":"+"@`), `,"text":`+anyLabel, "/elements/0/positive_button"),
		lacking(feedback(`"text":`+anyLabel+`@`), `,"value":"+"`, "/elements/0/positive_button"),
		lacking(flow(`@`), `"trigger":{"url":"u"}`, "/elements/0/workflow"),
		lacking(flow(`"trigger":{@}`), `"url":"u"`, "/elements/0/workflow/trigger"),
		lacking(flow(`"trigger":{"url":"u","customizable_input_parameters":[{"value":""@}]}`), `,"name":"n"`, "/elements/0/workflow/trigger/customizable_input_parameters/0"),
		lacking(flow(`"trigger":{"url":"u","customizable_input_parameters":[{"name":"n"@}]}`), `,"value":""`, "/elements/0/workflow/trigger/customizable_input_parameters/0"),
		lacking(icon(`"type":"icon"@`), `,"name":"x"`, "/slack_icon"),
		lacking(icon(`"name":"x"@`), `,"type":"icon"`, "/slack_icon"),
		lacking(`{"type":"layout","label":"x","rows":[{@}]}`, `"items":[{"block":`+divider+`}]`, "/rows/0"),
		lacking(`{"type":"layout","label":"x","rows":[{"items":[{@}]}]}`, `"block":`+divider, "/rows/0/items/0"),
		lacking(cell(`{"type":"raw_text"@}`), `,"text":"x"`, "/rows/1/0"),
		lacking(cell(`{"type":"raw_number"@}`), `,"value":-1.5`, "/rows/1/0"),
		lacking(cell(`{"type":"action_cell"@}`), `,"element":`+anyButton, "/rows/1/0"),
		lacking(`{"type":"data_visualization","title":"x","chart":{"type":"pie"@}}`, `,"segments":[{"label":"a","value":1}]`, "/chart"),
		lacking(`{"type":"data_visualization","title":"x","chart":{"type":"pie","segments":[{"value":1@}]}}`, `,"label":"a"`, "/chart/segments/0"),
		lacking(`{"type":"data_visualization","title":"x","chart":{"type":"pie","segments":[{"label":"a"@}]}}`, `,"value":1`, "/chart/segments/0"),
		lacking(line(axis+`@`), series, "/chart"),
		lacking(line(axis+`,"series":[{"data":[{"label":"a","value":1}]@}]`), `,"name":"n"`, "/chart/series/0"),
		lacking(line(axis+`,"series":[{"name":"n","data":[{"label":"a"@}]}]`), `,"value":1`, "/chart/series/0/data/0"),
		lacking(part(`{"type":"rich_text_section"@}`), `,"elements":[]`, "/elements/0"),
		lacking(part(`{"type":"rich_text_quote"@}`), `,"elements":[]`, "/elements/0"),
		lacking(part(`{"type":"rich_text_preformatted"@}`), `,"elements":[]`, "/elements/0"),
		lacking(part(`{"type":"rich_text_list","style":"bullet"@}`), `,"elements":[]`, "/elements/0"),
		lacking(part(`{"type":"rich_text_list","elements":[]@}`), `,"style":"bullet"`, "/elements/0"),
		lacking(`{"type":"table","rows":[[{"type":"rich_text"@}]]}`, `,"elements":[]`, "/rows/0/0"),
	})
}

func TestAChartWithoutItsAxisDoesNotFitIt(t *testing.T) {
	t.Parallel()
	const noPoint = "must have exactly one point for each of `categories` [json-pointer:/blocks/0/chart/series/0/data]"
	line := func(series, axis string) []string {
		return []string{`{"type":"data_visualization","title":"x","chart":{"type":"line","series":[` + series + `]` + axis + `}}`}
	}
	point := `{"name":"n","data":[{"label":"a","value":1}]}`
	testVerdicts(t, Options{}, []verdict{
		{"no axis", Message, line(point, ""), []string{"missing required field: axis_config [json-pointer:/blocks/0/chart]", noPoint}},
		{"no categories", Message, line(point, `,"axis_config":{}`), []string{"missing required field: categories [json-pointer:/blocks/0/chart/axis_config]", noPoint}},
		{"no data", Message, line(`{"name":"n"}`, `,"axis_config":{"categories":["a"]}`), []string{"missing required field: data [json-pointer:/blocks/0/chart/series/0]", noPoint}},
		{"a point without its label", Message, line(`{"name":"n","data":[{"value":1}]}`, `,"axis_config":{"categories":["a"]}`), []string{"missing required field: label [json-pointer:/blocks/0/chart/series/0/data/0]", noPoint}},
		{"one point twice", Message, line(`{"name":"n","data":[{"label":"a","value":1},{"label":"a","value":2}]}`, `,"axis_config":{"categories":["a","b"]}`), []string{noPoint}},
	})
}

func TestTwentyColumnsCategoriesAndPoints(t *testing.T) {
	t.Parallel()
	cells := func(n int) string { return many(n, `{"type":"raw_text","text":"x"}`) }
	data := func(n, index int) string {
		return fmt.Sprintf(`{"type":"data_table","caption":"x","row_header_column_index":%d,"rows":[[%s],[%s]]}`, index, cells(n), cells(n))
	}
	points := func(n int, label string) string {
		return `{"type":"data_visualization","title":"x","chart":{"type":"area","series":[{"name":"n","data":[` +
			many(n, `{"label":"`+label+`","value":1}`) + `]}],"axis_config":{"categories":[` + many(n, `"`+label+`"`) + `]}}}`
	}
	at := func(pointer string) string { return " [json-pointer:/blocks/0" + pointer + "]" }
	testVerdicts(t, Options{}, []verdict{
		{"20 columns", Message, []string{data(20, 19)}, nil},
		{"21 columns", Message, []string{data(21, 0)}, []string{tooMany(20) + at("/rows/0"), tooMany(20) + at("/rows/1")}},
		{"a column before the first", Message, []string{data(1, -1)}, []string{"must be greater than 0" + at("/row_header_column_index")}},
		{"20 points", Message, []string{points(20, "#")}, nil},
		{"21 points", Message, []string{points(21, "#")}, []string{tooMany(20) + at("/chart/axis_config/categories"), tooMany(20) + at("/chart/series/0/data")}},
		{"a label of 20", Message, []string{points(1, chars(20))}, nil},
		{"a label of 21", Message, []string{points(1, chars(21))}, []string{tooLong(20) + at("/chart/axis_config/categories/0"), tooLong(20) + at("/chart/series/0/data/0/label")}},
		{"no label", Message, []string{points(1, "")}, []string{empty + at("/chart/axis_config/categories/0"), empty + at("/chart/series/0/data/0/label")}},
		{"no points", Message, []string{points(0, "")}, []string{tooFew + at("/chart/axis_config/categories"), tooFew + at("/chart/series/0/data")}},
	})
}

func TestNamesAndIdsMayNotBeEmpty(t *testing.T) {
	t.Parallel()
	limits := []limit{
		nonEmpty(`{"type":"card","title":`+anyText+`,"slack_icon":{"type":"icon","name":"@"}}`, "/slack_icon/name"),
		nonEmpty(`{"type":"task_card","task_id":"@","title":"x","status":"error"}`, "/task_id"),
		nonEmpty(`{"type":"task_card","task_id":"1","title":"@","status":"error"}`, "/title"),
		nonEmpty(`{"type":"task_card","task_id":"1","title":"x","status":"error","sources":[{"type":"url","text":"x","url":"@"}]}`, "/sources/0/url"),
		nonEmpty(`{"type":"task_card","task_id":"1","title":"x","status":"error","sources":[{"type":"url","text":"@","url":"u"}]}`, "/sources/0/text"),
		nonEmpty(`{"type":"data_visualization","title":"x","chart":{"type":"line","series":[{"name":"n","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["a"],"x_label":"@"}}}`, "/chart/axis_config/x_label"),
		nonEmpty(`{"type":"data_visualization","title":"x","chart":{"type":"line","series":[{"name":"n","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["a"],"y_label":"@"}}}`, "/chart/axis_config/y_label"),
		nonEmpty(asking(`{"type":"file_input","filetypes":["@"]}`), "/element/filetypes/0").on(Modal),
		nonEmpty(`{"type":"context_actions","elements":[{"type":"icon_button","icon":"trash","text":`+anyLabel+`,"visible_to_user_ids":["@"]}]}`, "/elements/0/visible_to_user_ids/0"),
		nonEmpty(acting(`{"type":"workflow_button","text":`+anyLabel+`,"workflow":{"trigger":{"url":"u","customizable_input_parameters":[{"name":"@","value":""}]}}}`), "/elements/0/workflow/trigger/customizable_input_parameters/0/name"),
	}
	for element, lists := range map[string]string{
		`"button","text":` + anyLabel: "agent_prompt agent_prompt_display visible_to_user_ids[]",
		`"users_select"`:              "initial_user", `"multi_users_select"`: "initial_users[]",
		`"channels_select"`: "initial_channel", `"multi_channels_select"`: "initial_channels[]",
		`"conversations_select"`: "initial_conversation", `"multi_conversations_select"`: "initial_conversations[]",
	} {
		for name := range strings.FieldsSeq(lists) {
			value, pointer := `"@"`, "/elements/0/"+name
			if bare, isList := strings.CutSuffix(name, "[]"); isList {
				name, value, pointer = bare, `["@"]`, "/elements/0/"+bare+"/0"
			}
			limits = append(limits, nonEmpty(acting(`{"type":`+element+`,"`+name+`":`+value+`}`), pointer))
		}
	}
	for leaf, names := range map[string]string{
		"text": "text", "link": "url", "emoji": "name unicode url", "user": "user_id", "usergroup": "usergroup_id", "team": "team_id",
		"channel": "channel_id tab_id", "date": "format timezone url", "file": "file_id url",
		"canvas": "file_id section_id url", "workflow_mention": "workflow_id function_trigger_id url",
	} {
		for name := range strings.FieldsSeq(names) {
			with := strings.Replace(without(t, exampleLeaves()[leaf].json, name), "{", `{"`+name+`":"@",`, 1)
			limits = append(limits, nonEmpty(richLeaf(with), "/elements/0/elements/0/"+name))
		}
	}
	testLimits(t, limits)
}

func TestSelectionsCountLikeOptions(t *testing.T) {
	t.Parallel()
	chosen := func(name string, n int) []string {
		return []string{acting(`{"type":"` + name + `","options":[` + anyOption + `],"initial_options":[` + many(n, anyOption) + `]}`)}
	}
	const at = " [json-pointer:/blocks/0/elements/0/initial_options]"
	testVerdicts(t, Options{}, []verdict{
		{"10 boxes ticked", Message, chosen("checkboxes", 10), nil},
		{"11 boxes ticked", Message, chosen("checkboxes", 11), []string{tooMany(10) + at}},
		{"no box ticked", Message, chosen("checkboxes", 0), []string{tooFew + at}},
		{"100 chosen", Message, chosen("multi_static_select", 100), nil},
		{"101 chosen", Message, chosen("multi_static_select", 101), []string{tooMany(100) + at}},
	})
	testLimits(t, []limit{
		most(acting(`{"type":"conversations_select","filter":{"include":[@]}}`), 4, `"im"`, "/elements/0/filter/include"),
	})
}
