package blockkit

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Rules of tables and charts.

func oneTable(c *checker, at place, pointer string, _ any) {
	c.seen.tables++
	c.tooManyTables(at, pointer)
}

// oneTableOfAnyKind: whether a data_table counts as the message's table is
// one of the open readings.
func oneTableOfAnyKind(c *checker, at place, pointer string, _ any) {
	if c.strict {
		c.seen.tables++
		c.tooManyTables(at, pointer)
	}
}

func (c *checker) tooManyTables(at place, pointer string) {
	if c.seen.tables > 1 && at.on&onMessage != 0 {
		c.problems = append(c.problems, Problem{Pointer: pointer, Code: TooManyTables, Message: string(TooManyTables)})
	}
}

// twoCharts in a message; for views Slack names no number.
func twoCharts(c *checker, at place, pointer string, _ any) {
	c.seen.charts++
	if c.seen.charts > 2 && at.on&onMessage != 0 {
		c.refuse(pointer, "no more than 2 `data_visualization` blocks allowed")
	}
}

// charactersUpTo limits the text of all cells together.
func charactersUpTo(name string, most int) rule {
	return func(c *checker, _ place, pointer string, value any) {
		total := textIn(property(value, name))
		if total > most {
			c.failed(pointer+"/"+name, fmt.Sprintf("must be less than %d characters", most+1), "max_length", most, total)
		}
	}
}

func sameWidth(c *checker, _ place, pointer string, value any) {
	rows := items(value, "rows")
	if len(rows) == 0 {
		return
	}
	header, _ := rows[0].([]any)
	for i, row := range rows {
		if cells, ok := row.([]any); ok && len(cells) != len(header) {
			c.refuse(pointer+"/rows/"+strconv.Itoa(i), "must have as many cells as the header")
		}
	}
	if index, ok := asNumber(property(value, "row_header_column_index")); ok && index >= float64(len(header)) {
		c.refuse(pointer+"/row_header_column_index", "must be a column of the table")
	}
}

func headerCells(c *checker, _ place, pointer string, value any) {
	allowed := []string{"raw_number", "raw_text"}
	if c.strict {
		allowed = []string{"raw_text"}
	}
	rows := items(value, "rows")
	if len(rows) == 0 {
		return
	}
	header, _ := rows[0].([]any)
	for i, cell := range header {
		if name, ok := property(cell, "type").(string); ok && !slices.Contains(allowed, name) {
			c.failed(pointer+"/rows/0/"+strconv.Itoa(i)+"/type", "must be a valid enum value", "enum", allowed, name)
		}
	}
}

func aboveZero(c *checker, _ place, pointer string, value any) {
	if x, ok := asNumber(value); ok && x <= 0 {
		c.refuse(pointer, "must be greater than 0")
	}
}

// seriesFitAxis: series differ in name, and each has one point a category.
func seriesFitAxis(c *checker, _ place, pointer string, value any) {
	categories := items(property(value, "axis_config"), "categories")
	seen := make(map[string]bool)
	for i, series := range items(value, "series") {
		at := pointer + "/series/" + strconv.Itoa(i)
		if name, ok := property(series, "name").(string); ok {
			c.once(seen, "name", at+"/name", name)
		}
		if !onePointEach(categories, items(series, "data")) {
			c.refuse(at+"/data", "must have exactly one point for each of `categories`")
		}
	}
}

func onePointEach(categories, points []any) bool {
	open := make(map[string]bool)
	for _, category := range categories {
		if name, ok := category.(string); ok {
			open[name] = true
		}
	}
	for _, point := range points {
		label, _ := property(point, "label").(string)
		if !open[label] {
			return false
		}
		delete(open, label)
	}
	return len(open) == 0
}

// Reading decoded JSON that may be of any form.

func property(value any, name string) any {
	object, _ := value.(map[string]any)
	return object[name]
}

func items(value any, name string) []any {
	list, _ := property(value, name).([]any)
	return list
}

func sortedNames(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }

func length(s string) int { return utf8.RuneCountInString(s) }
