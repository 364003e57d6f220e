package blockkit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A limit is a payload with a gap, @, for a value that is just allowed and
// one that is just not. The message belongs to the latter.
type limit struct {
	block       string
	passes      string
	fails       string
	pointer     string // below /blocks/0
	message     string
	alternative Surface // "" is Message
}

// chars is a string of that many code points, each of several bytes.
func chars(n int) string { return strings.Repeat("é", n) }

// many is a list of that many items; # in one is its number.
func many(n int, item string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = strings.ReplaceAll(item, "#", fmt.Sprint(i))
	}
	return strings.Join(all, ",")
}

func tooLong(most int) string { return fmt.Sprintf("must be less than %d characters", most+1) }
func tooMany(most int) string { return fmt.Sprintf("no more than %d items allowed", most) }

const (
	empty      = "must be more than 0 characters"
	tooFew     = "must provide at least 1 items"
	notInEnum  = "must be a valid enum value"
	notInteger = "must provide an integer"
)

// longest is a limit on a string's length.
func longest(block string, most int, pointer string) limit {
	return limit{block: block, passes: chars(most), fails: chars(most + 1), pointer: pointer, message: tooLong(most)}
}

// nonEmpty is a limit on a string that may not be empty.
func nonEmpty(block, pointer string) limit {
	return limit{block: block, passes: "x", fails: "", pointer: pointer, message: empty}
}

// most is a limit on a list's length.
func most(block string, count int, item, pointer string) limit {
	return limit{block: block, passes: many(count, item), fails: many(count+1, item), pointer: pointer, message: tooMany(count)}
}

// least is a limit on a list that may not be empty.
func least(block, item, pointer string) limit {
	return limit{block: block, passes: many(1, item), fails: "", pointer: pointer, message: tooFew}
}

// oneOf is a limit on a word.
func oneOf(block, passes, pointer string) limit {
	return limit{block: block, passes: passes, fails: "loud", pointer: pointer, message: notInEnum}
}

// span is the limits on a whole number.
func span(block string, low, high int, pointer string) []limit {
	return []limit{
		{block: block, passes: fmt.Sprint(low), fails: fmt.Sprint(low - 1), pointer: pointer, message: fmt.Sprintf("must be greater than %d", low)},
		{block: block, passes: fmt.Sprint(high), fails: fmt.Sprint(high + 1), pointer: pointer, message: fmt.Sprintf("must be less than %d", high)},
		{block: block, passes: fmt.Sprint(low), fails: fmt.Sprintf("%d.0", low), pointer: pointer, message: notInteger},
	}
}

func (l limit) on(s Surface) limit { l.alternative = s; return l }

func onAll(s Surface, limits []limit) []limit {
	for i := range limits {
		limits[i].alternative = s
	}
	return limits
}

func testLimits(t *testing.T, limits []limit) {
	t.Helper()
	for _, l := range limits {
		surface := Message
		if l.alternative != "" {
			surface = l.alternative
		}
		name := l.pointer + " " + l.message
		if got := lines(Blocks(surface, blocksOf(strings.ReplaceAll(l.block, "@", l.passes)))); got != nil {
			t.Errorf("%s: the allowed value is refused in\n%.200s\n%v", name, l.block, got)
		}
		want := []string{l.message + " [json-pointer:/blocks/0" + l.pointer + "]"}
		got := lines(Blocks(surface, blocksOf(strings.ReplaceAll(l.block, "@", l.fails))))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got) in\n%.200s\n%s", name, l.block, diff)
		}
	}
}

func TestLimitsOfBlocks(t *testing.T) {
	t.Parallel()
	limits := []limit{
		longest(`{"type":"divider","block_id":"@"}`, 255, "/block_id"),
		longest(`{"type":"section","text":{"type":"mrkdwn","text":"@"}}`, 3000, "/text/text"),
		nonEmpty(`{"type":"section","text":{"type":"mrkdwn","text":"@"}}`, "/text/text"),
		longest(`{"type":"section","fields":[{"type":"plain_text","text":"@"}]}`, 2000, "/fields/0/text"),
		most(`{"type":"section","fields":[@]}`, 10, anyText, "/fields"),
		least(`{"type":"section","fields":[@]}`, anyText, "/fields"),
		longest(`{"type":"header","text":{"type":"plain_text","text":"@"}}`, 150, "/text/text"),
		oneOf(`{"type":"header","text":{"type":"@","text":"x"}}`, "plain_text", "/text/type"),
		most(`{"type":"context","elements":[@]}`, 10, anyText, "/elements"),
		least(`{"type":"context","elements":[@]}`, anyText, "/elements"),
		longest(`{"type":"context","elements":[{"type":"mrkdwn","text":"@"}]}`, 3000, "/elements/0/text"),
		most(`{"type":"actions","elements":[@]}`, 25, anyButton, "/elements"),
		least(`{"type":"actions","elements":[@]}`, anyButton, "/elements"),
		longest(`{"type":"image","alt_text":"@","image_url":"u"}`, 2000, "/alt_text"),
		longest(`{"type":"image","alt_text":"x","image_url":"@"}`, 3000, "/image_url"),
		nonEmpty(`{"type":"image","alt_text":"x","image_url":"@"}`, "/image_url"),
		nonEmpty(`{"type":"image","alt_text":"x","slack_file":{"id":"@"}}`, "/slack_file/id"),
		nonEmpty(`{"type":"image","alt_text":"x","slack_file":{"url":"@"}}`, "/slack_file/url"),
		longest(`{"type":"image","alt_text":"x","image_url":"u","title":{"type":"plain_text","text":"@"}}`, 2000, "/title/text"),
		longest(`{"type":"input","label":{"type":"plain_text","text":"@"},"element":{"type":"datepicker"}}`, 2000, "/label/text"),
		longest(`{"type":"input","label":`+anyLabel+`,"hint":{"type":"plain_text","text":"@"},"element":{"type":"datepicker"}}`, 2000, "/hint/text"),
		longest(`{"type":"markdown","text":"@"}`, 12_000, "/text"),
		nonEmpty(`{"type":"markdown","text":"@"}`, "/text"),
		nonEmpty(`{"type":"call","call_id":"@"}`, "/call_id"),
		longest(`{"type":"alert","text":{"type":"mrkdwn","text":"@"}}`, 200, "/text/text").on(Modal),
		oneOf(`{"type":"alert","text":`+anyText+`,"level":"@"}`, "success", "/level").on(Modal),
		most(`{"type":"context_actions","elements":[@]}`, 5, exampleElements()["icon_button"].json, "/elements"),
		least(`{"type":"context_actions","elements":[@]}`, exampleElements()["icon_button"].json, "/elements"),
	}
	limits = append(limits, span(`{"type":"header","text":`+anyLabel+`,"level":@}`, 1, 4, "/level")...)
	testLimits(t, limits)
}

func TestLimitsOfVideos(t *testing.T) {
	t.Parallel()
	video := func(more string) string {
		return strings.Replace(exampleBlocks()["video"].json, `"alt_text"`, more+`,"alt_text"`, 1)
	}
	https := "input must match regex pattern: ^https://[^/\\s]+"
	testLimits(t, []limit{
		longest(`{"type":"video","title":{"type":"plain_text","text":"@"},"alt_text":"x","video_url":"https://v","thumbnail_url":"t"}`, 199, "/title/text"),
		longest(video(`"description":{"type":"plain_text","text":"@"}`), 199, "/description/text"),
		longest(video(`"author_name":"@"`), 49, "/author_name"),
		{block: video(`"title_url":"@"`), passes: "https://e.com", fails: "http://e.com", pointer: "/title_url", message: https},
		{block: `{"type":"video","title":` + anyLabel + `,"alt_text":"x","video_url":"@","thumbnail_url":"t"}`, passes: "https://e.com/v", fails: "http://e.com/v", pointer: "/video_url", message: https},
		nonEmpty(`{"type":"video","title":`+anyLabel+`,"alt_text":"@","video_url":"https://v","thumbnail_url":"t"}`, "/alt_text"),
		nonEmpty(`{"type":"video","title":`+anyLabel+`,"alt_text":"x","video_url":"https://v","thumbnail_url":"@"}`, "/thumbnail_url"),
		nonEmpty(video(`"provider_icon_url":"@"`), "/provider_icon_url"),
	})
}

func TestLimitsOfBoxes(t *testing.T) {
	t.Parallel()
	card := func(property string) string {
		return `{"type":"card","title":` + anyText + `,"` + property + `":{"type":"mrkdwn","text":"@"}}`
	}
	icon := `{"type":"image","alt_text":"@","image_url":"u"}`
	container := func(more string) string {
		return `{"type":"container","title":` + anyLabel + `,"child_blocks":[` + divider + `],` + more + `}`
	}
	layout := func(more string) string {
		return `{"type":"layout","label":"x","rows":[{"items":[{"block":` + divider + more + `}]}]}`
	}
	item := `{"block":` + divider + `}`
	task := `{"type":"task_card","task_id":"#","title":"x","status":"complete"}`
	testLimits(t, []limit{
		longest(`{"type":"card","title":{"type":"mrkdwn","text":"@"}}`, 150, "/title/text"),
		longest(card("subtitle"), 150, "/subtitle/text"),
		longest(card("body"), 200, "/body/text"),
		longest(card("subtext"), 200, "/subtext/text"),
		longest(`{"type":"card","hero_image":`+icon+`}`, 2000, "/hero_image/alt_text"),
		longest(`{"type":"card","body":`+anyText+`,"icon":`+icon+`}`, 2000, "/icon/alt_text"),
		most(`{"type":"card","actions":[@]}`, 3, anyButton, "/actions"),
		least(`{"type":"card","actions":[@]}`, anyButton, "/actions"),
		oneOf(`{"type":"card","title":`+anyText+`,"slack_icon":{"type":"@","name":"x"}}`, "icon", "/slack_icon/type"),
		most(`{"type":"carousel","elements":[@]}`, 10, anyCard, "/elements"),
		least(`{"type":"carousel","elements":[@]}`, anyCard, "/elements"),
		longest(`{"type":"container","title":{"type":"plain_text","text":"@"},"child_blocks":[`+divider+`]}`, 150, "/title/text"),
		longest(container(`"subtitle":{"type":"mrkdwn","text":"@"}`), 150, "/subtitle/text"),
		longest(container(`"icon":`+icon), 2000, "/icon/alt_text"),
		oneOf(container(`"width":"@"`), "full", "/width"),
		most(`{"type":"container","title":`+anyLabel+`,"child_blocks":[@]}`, 10, divider, "/child_blocks"),
		least(`{"type":"container","title":`+anyLabel+`,"child_blocks":[@]}`, divider, "/child_blocks"),
		longest(`{"type":"layout","label":"@","rows":[{"items":[`+item+`]}]}`, 150, "/label"),
		nonEmpty(`{"type":"layout","label":"@","rows":[{"items":[`+item+`]}]}`, "/label"),
		most(`{"type":"layout","label":"x","rows":[@]}`, 5, `{"items":[`+item+`]}`, "/rows"),
		least(`{"type":"layout","label":"x","rows":[@]}`, `{"items":[`+item+`]}`, "/rows"),
		most(`{"type":"layout","label":"x","rows":[{"items":[@]}]}`, 3, item, "/rows/0/items"),
		least(`{"type":"layout","label":"x","rows":[{"items":[@]}]}`, item, "/rows/0/items"),
		oneOf(layout(`,"width":"@"`), "wide", "/rows/0/items/0/width"),
		oneOf(layout(`,"horizontal_alignment":"@"`), "center", "/rows/0/items/0/horizontal_alignment"),
		oneOf(`{"type":"layout","label":"x","rows":[{"items":[`+item+`]}],"grid_lines":"@"}`, "outer", "/grid_lines"),
		most(`{"type":"plan","title":"x","tasks":[@]}`, 50, task, "/tasks"),
		least(`{"type":"plan","title":"x","tasks":[@]}`, task, "/tasks"),
		nonEmpty(`{"type":"plan","title":"@"}`, "/title"),
		oneOf(`{"type":"task_card","task_id":"1","title":"x","status":"@"}`, "in_progress", "/status"),
	})
}

func TestLimitsOfRichText(t *testing.T) {
	t.Parallel()
	part := func(part string) string { return `{"type":"rich_text","elements":[` + part + `]}` }
	item := `{"type":"rich_text_section","elements":[]}`
	leaf := func(leaf string) string { return part(`{"type":"rich_text_section","elements":[` + leaf + `]}`) }
	const at = "/elements/0/elements/0"
	limits := []limit{
		oneOf(part(`{"type":"rich_text_list","style":"@","elements":[`+item+`]}`), "ordered", "/elements/0/style"),
		nonEmpty(leaf(`{"type":"text","text":"@"}`), at+"/text"),
		nonEmpty(leaf(`{"type":"link","url":"@"}`), at+"/url"),
		nonEmpty(leaf(`{"type":"emoji","name":"@"}`), at+"/name"),
		nonEmpty(leaf(`{"type":"user","user_id":"@"}`), at+"/user_id"),
		oneOf(leaf(`{"type":"broadcast","range":"@"}`), "everyone", at+"/range"),
		{block: leaf(`{"type":"color","value":"@"}`), passes: "#0aF", fails: "red", pointer: at + "/value", message: "input must match regex pattern: ^#([0-9A-Fa-f]{3}){1,2}$"},
		{block: leaf(`{"type":"date","format":"{date}","timestamp":@}`), passes: "0", fails: "-1", pointer: at + "/timestamp", message: "must be greater than 0"},
		{block: leaf(`{"type":"text","text":"x","style":{"bold":@}}`), passes: "true", fails: `"yes"`, pointer: at + "/style/bold", message: "must be a boolean"},
		{block: leaf(`{"type":"user","user_id":"U1","style":{"@":true}}`), passes: "client_highlight", fails: "big", pointer: at + "/style", message: "invalid additional property: big"},
		{block: part(`{"type":"rich_text_preformatted","elements":[@]}`), passes: `{"type":"link","url":"u"}`, fails: `{"type":"user","user_id":"U1"}`, pointer: at + "/type", message: "unsupported type: user"},
		{block: part(`{"type":"rich_text_list","style":"bullet","elements":[@]}`), passes: item, fails: `{"type":"rich_text_quote","elements":[]}`, pointer: at + "/type", message: "unsupported type: rich_text_quote"},
		{block: part(`@`), passes: item, fails: `{"type":"text","text":"x"}`, pointer: "/elements/0/type", message: "unsupported type: text"},
		{block: leaf(`@`), passes: `{"type":"text","text":"x"}`, fails: `{"type":"citation"}`, pointer: at + "/type", message: "unsupported type: citation"},
		{block: part(`{"type":"rich_text_preformatted","language":@,"elements":[]}`), passes: `"go"`, fails: `1`, pointer: "/elements/0/language", message: "must provide a string"},
	}
	limits = append(limits, span(part(`{"type":"rich_text_list","style":"bullet","indent":@,"elements":[]}`), 0, 8, "/elements/0/indent")...)
	limits = append(limits, span(leaf(`{"type":"emoji","name":"wave","skin_tone":@}`), 1, 6, at+"/skin_tone")...)
	for _, bordered := range []string{"rich_text_quote", "rich_text_preformatted", `rich_text_list","style":"bullet`} {
		limits = append(limits, span(part(`{"type":"`+bordered+`","border":@,"elements":[]}`), 0, 1, "/elements/0/border")...)
	}
	testLimits(t, append(limits, limit{
		block:  part(`{"type":"rich_text_list","style":"ordered","offset":@,"elements":[]}`),
		passes: "0", fails: "-1", pointer: "/elements/0/offset", message: "must be greater than 0",
	}))
}

func TestLimitsOfTablesAndCharts(t *testing.T) {
	t.Parallel()
	cell := `{"type":"raw_text","text":"x"}`
	table := func(cell string) string { return `{"type":"table","rows":[[` + cell + `]]}` }
	data := func(more string) string {
		return `{"type":"data_table","caption":"x",` + more + `"rows":[[` + cell + `],[` + cell + `]]}`
	}
	chart := func(chart string) string {
		return `{"type":"data_visualization","title":"x","chart":{` + chart + `}}`
	}
	pie := func(segments string) string { return chart(`"type":"pie","segments":[` + segments + `]`) }
	bar := func(series, axis string) string {
		return chart(`"type":"bar","series":[` + series + `],"axis_config":{` + axis + `}`)
	}
	limits := []limit{
		most(`{"type":"table","rows":[@]}`, 100, "["+cell+"]", "/rows"),
		least(`{"type":"table","rows":[@]}`, "["+cell+"]", "/rows"),
		most(`{"type":"table","rows":[[@]]}`, 20, cell, "/rows/0"),
		least(`{"type":"table","rows":[[@]]}`, cell, "/rows/0"),
		most(`{"type":"table","column_settings":[@],"rows":[[`+cell+`]]}`, 20, "null", "/column_settings"),
		oneOf(`{"type":"table","column_settings":[{"align":"@","is_wrapped":true}],"rows":[[`+cell+`]]}`, "center", "/column_settings/0/align"),
		nonEmpty(table(`{"type":"raw_text","text":"@"}`), "/rows/0/0/text"),
		{block: table(`{"type":"raw_number","value":@}`), passes: "-1e3", fails: "1e999", pointer: "/rows/0/0/value", message: "must provide a number"},
		{block: table(`{"type":"raw_number","value":@}`), passes: "0", fails: `"0"`, pointer: "/rows/0/0/value", message: "must provide a number"},
		nonEmpty(table(`{"type":"raw_number","value":1.5,"text":"@"}`), "/rows/0/0/text"),
		longest(table(`{"type":"raw_text","text":"@"}`), 10_000, "/rows"),
		{block: table("@"), passes: richOf, fails: `{"type":"action_cell","element":` + anyButton + `}`, pointer: "/rows/0/0/type", message: "unsupported type: action_cell"},
		{block: table("@"), passes: cell, fails: "null", pointer: "/rows/0/0", message: "must provide an object"},
		longest(`{"type":"data_table","caption":"x","rows":[[`+cell+`],[{"type":"raw_text","text":"@"}]]}`, 19_999, "/rows").asTotal(20_000),
		nonEmpty(`{"type":"data_table","caption":"@","rows":[[`+cell+`],[`+cell+`]]}`, "/caption"),
		{block: `{"type":"data_table","caption":"x","rows":[@]}`, passes: many(2, "["+cell+"]"), fails: many(1, "["+cell+"]"), pointer: "/rows", message: "must provide at least 2 items"},
		most(`{"type":"data_table","caption":"x","rows":[@]}`, 201, "["+cell+"]", "/rows"),
		{block: `{"type":"data_table","caption":"x","rows":[[` + cell + `],[@]]}`, passes: cell, fails: cell + "," + cell, pointer: "/rows/1", message: "must have as many cells as the header"},
		{block: `{"type":"data_table","caption":"x","rows":[[@],[` + cell + `]]}`, passes: cell, fails: richOf, pointer: "/rows/0/0/type", message: notInEnum},
		{block: data(`"row_header_column_index":@,`), passes: "0", fails: "1", pointer: "/row_header_column_index", message: "must be a column of the table"},
		{block: `{"type":"data_table","caption":"x","rows":[[` + cell + `],[{"type":"action_cell","element":@}]]}`, passes: anyButton, fails: `{"type":"datepicker"}`, pointer: "/rows/1/0/element/type", message: "unsupported type: datepicker"},
		{block: `{"type":"data_table","caption":"x","rows":[[` + cell + `],[{"type":"action_cell","element":` + anyButton + `,"fallback":@}]]}`, passes: cell, fails: richOf, pointer: "/rows/1/0/fallback/type", message: "unsupported type: rich_text"},
		longest(`{"type":"data_visualization","title":"@","chart":{"type":"pie","segments":[{"label":"a","value":1}]}}`, 50, "/title"),
		nonEmpty(`{"type":"data_visualization","title":"@","chart":{"type":"pie","segments":[{"label":"a","value":1}]}}`, "/title"),
		{block: chart(`"type":"@","segments":[{"label":"a","value":1}]`), passes: "pie", fails: "cake", pointer: "/chart/type", message: "unsupported type: cake"},
		most(pie("@"), 12, `{"label":"#","value":1}`, "/chart/segments"),
		least(pie("@"), `{"label":"#","value":1}`, "/chart/segments"),
		longest(pie(`{"label":"@","value":1}`), 20, "/chart/segments/0/label"),
		{block: pie(`{"label":"a","value":@}`), passes: "0.1", fails: "0", pointer: "/chart/segments/0/value", message: "must be greater than 0"},
		most(bar("@", `"categories":["a"]`), 12, `{"name":"#","data":[{"label":"a","value":-1}]}`, "/chart/series"),
		least(bar("@", `"categories":["a"]`), `{"name":"#","data":[{"label":"a","value":-1}]}`, "/chart/series"),
		longest(bar(`{"name":"@","data":[{"label":"a","value":1}]}`, `"categories":["a"]`), 20, "/chart/series/0/name"),
		{block: bar(`{"name":"@","data":[{"label":"a","value":1}]},{"name":"b","data":[{"label":"a","value":1}]}`, `"categories":["a"]`), passes: "a", fails: "b", pointer: "/chart/series/1/name", message: "`name` \"b\" already exists"},
		{block: bar(`{"name":"a","data":[{"label":"@","value":1}]}`, `"categories":["a"]`), passes: "a", fails: "b", pointer: "/chart/series/0/data", message: "must have exactly one point for each of `categories`"},
		{block: bar(`{"name":"a","data":[{"label":"a","value":1}]}`, `"categories":[@]`), passes: `"a"`, fails: `"a","b"`, pointer: "/chart/series/0/data", message: "must have exactly one point for each of `categories`"},
		longest(bar(`{"name":"a","data":[{"label":"a","value":1}]}`, `"categories":["a"],"x_label":"@"`), 50, "/chart/axis_config/x_label"),
		longest(bar(`{"name":"a","data":[{"label":"a","value":1}]}`, `"categories":["a"],"y_label":"@"`), 50, "/chart/axis_config/y_label"),
	}
	testLimits(t, append(limits, span(data(`"page_size":@,`), 1, 100, "/page_size")...))
}

// asTotal is for a limit that counts more than the gap.
func (l limit) asTotal(most int) limit { l.message = tooLong(most); return l }
