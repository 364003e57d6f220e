package blocks

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// tabled draws rows, the first one the heading, as Slack's table, or as lines
// where a table was refused. Rows that find no room are counted below it.
func tabled(rows [][]string, asLines bool) []slack.Block {
	if asLines {
		return lined(rows[1:])
	}
	t := slack.NewTableBlock("table")
	room, drawn := min(MaxTableText, MaxStrings-MaxText-tableRest), 0
	for i, r := range rows {
		size := 0
		for _, c := range r {
			size += utf8.RuneCountInString(c) + cellWords
		}
		if i == MaxTableRows || size > room {
			break
		}
		room -= size
		drawn++
		cells := make([]slack.TableCell, 0, len(r))
		for _, c := range r {
			cells = append(cells, cell(c, i == 0))
		}
		t.AddRow(cells...)
	}
	b := []slack.Block{t}
	if left := len(rows) - drawn; left > 0 {
		b = append(b, context(thousands(left)+" more rows found no room."))
	}
	return b
}

const (
	// cellWords is what a cell adds to the sum of strings besides its text.
	cellWords = len("rich_text" + "rich_text_section" + "text")
	// tableRest is kept for what else is in a message with a table.
	tableRest = 600
)

// cell is a rich-text cell: plain ones are refused by some workspaces.
func cell(s string, heading bool) slack.TableCell {
	var style *slack.RichTextSectionTextStyle
	if heading {
		style = &slack.RichTextSectionTextStyle{Bold: true}
	}
	if s = clean(s); s == "" {
		s = "–"
	}
	return slack.NewTableRichTextCell(slack.NewRichTextSection(slack.NewRichTextSectionTextElement(s, style)))
}

// linedText is how long one paragraph of lines gets.
const linedText = 2_800

// lined draws rows as lines of plain text, as many as a paragraph takes.
func lined(rows [][]string) []slack.Block {
	var b []slack.Block
	var lines []string
	size := 0
	flush := func() {
		if len(lines) > 0 {
			b = append(b, plainSection("", strings.Join(lines, "\n"), nil))
		}
		lines, size = nil, 0
	}
	for _, r := range rows {
		line := strings.Join(r, ", ")
		n := utf8.RuneCountInString(line) + 1
		if size+n > linedText {
			flush()
		}
		if len(b) == 3 { // what a message takes beside its other words
			b = append(b, context("There is more."))
			return b
		}
		lines = append(lines, line)
		size += n
	}
	flush()
	return b
}
