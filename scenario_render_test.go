package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"confbot/sandbox/slack/control"
)

// block is a Block Kit object as a test reads it: no type of ours, so that a
// misreading is not shared.
type block map[string]any

func parseBlocks(raw json.RawMessage) []block {
	var out []block
	if len(raw) == 0 || json.Unmarshal(raw, &out) != nil {
		return nil
	}
	return out
}

func (b block) str(key string) string { s, _ := b[key].(string); return s }

func (b block) obj(key string) block { o, _ := b[key].(map[string]any); return o }

func (b block) list(key string) []block {
	items, _ := b[key].([]any)
	out := make([]block, 0, len(items))
	for _, i := range items {
		if o, ok := i.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

// options are those of a menu, also where they stand in groups.
func (b block) options() []block {
	out := b.list("options")
	for _, g := range b.list("option_groups") {
		out = append(out, g.list("options")...)
	}
	return out
}

// label is the text of a text object in a property.
func (b block) label(key string) string { return unescaped(b.obj(key).str("text")) }

func unescaped(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// elements are the things to use in a block, in the order in which they are drawn.
func (b block) elements() []block {
	var out []block
	if b.str("type") == "actions" {
		out = append(out, b.list("elements")...)
	}
	for _, key := range []string{"accessory", "element"} {
		if e := b.obj(key); e != nil {
			out = append(out, e)
		}
	}
	return out
}

// drawn is the block as lines of text.
func (b block) drawn() string {
	var parts []string
	switch b.str("type") {
	case "divider":
		return "---"
	case "rich_text":
		return richText(b)
	case "context":
		for _, e := range b.list("elements") {
			parts = append(parts, unescaped(e.str("text"))+e.str("alt_text"))
		}
	case "table":
		parts = append(parts, table(b))
	default:
		for _, key := range []string{"text", "label", "title"} {
			if t := b.label(key); t != "" {
				parts = append(parts, t)
			}
		}
		for _, f := range b.list("fields") {
			parts = append(parts, unescaped(f.str("text")))
		}
	}
	for _, e := range b.elements() {
		parts = append(parts, element(e))
	}
	if hint := b.label("hint"); hint != "" {
		parts = append(parts, "("+hint+")")
	}
	return strings.Join(parts, " ")
}

func table(b block) string {
	rows, _ := b["rows"].([]any)
	var lines []string
	for _, r := range rows {
		cells, _ := r.([]any)
		var texts []string
		for _, c := range cells {
			if o, ok := c.(map[string]any); ok {
				texts = append(texts, richText(o)+block(o).str("text"))
			}
		}
		lines = append(lines, strings.Join(texts, " | "))
	}
	return strings.Join(lines, "\n")
}

func richText(b block) string {
	switch b.str("type") {
	case "text":
		return b.str("text")
	case "link":
		return b.str("text")
	case "emoji":
		return ":" + b.str("name") + ":"
	case "user":
		return "<@" + b.str("user_id") + ">"
	case "channel":
		return "<#" + b.str("channel_id") + ">"
	case "date":
		return "{time}"
	}
	var out strings.Builder
	for _, e := range b.list("elements") {
		out.WriteString(richText(e))
	}
	if b.str("type") == "rich_text_section" || b.str("type") == "rich_text_preformatted" {
		out.WriteString("\n")
	}
	return out.String()
}

func element(e block) string {
	switch kind := e.str("type"); {
	case kind == "button":
		return "[" + e.label("text") + "]"
	case kind == "overflow", kind == "checkboxes", kind == "radio_buttons":
		var texts []string
		for _, o := range e.options() {
			texts = append(texts, o.label("text"))
		}
		return "[⋯ " + strings.Join(texts, " · ") + "]"
	case strings.HasSuffix(kind, "_select"):
		return "[" + e.label("placeholder") + e.obj("initial_option").label("text") + e.str("initial_conversation") + " ▾]"
	default:
		return "[" + e.label("placeholder") + e.str("initial_value") + " ___]"
	}
}

func drawBlocks(raw json.RawMessage) string {
	var lines []string
	for _, b := range parseBlocks(raw) {
		lines = append(lines, b.drawn())
	}
	return strings.Join(lines, "\n")
}

// drawMessage is all words of a message: the text that a locked phone shows,
// then its blocks.
func drawMessage(m control.Message) string { return unescaped(m.Text) + "\n" + drawBlocks(m.Blocks) }

func drawView(v control.View) string {
	var b strings.Builder
	for _, t := range []*control.Text{v.Title, v.Submit, v.Close} {
		if t != nil {
			fmt.Fprintf(&b, "%s\n", t.Text)
		}
	}
	return b.String() + drawBlocks(v.Blocks)
}

// describe is a whole screen, for a failure.
func (s *scenario) describe(screen *control.Screen) string {
	var b strings.Builder
	names := map[string]string{}
	for _, c := range screen.Channels {
		names[c.ID] = c.Name
	}
	for id, messages := range screen.Messages {
		for _, m := range messages {
			where := "#" + names[id]
			if m.ThreadTS != "" && m.ThreadTS != m.TS {
				where += " thread"
			}
			if m.Ephemeral {
				where += " (only you)"
			}
			fmt.Fprintf(&b, "%s %s: %s\n", where, m.TS, indent(drawMessage(m)))
		}
	}
	for _, v := range screen.Views {
		fmt.Fprintf(&b, "form: %s\n", indent(drawView(v)))
	}
	if screen.Home != nil {
		fmt.Fprintf(&b, "home: %s\n", indent(drawView(*screen.Home)))
	}
	for _, n := range screen.Notices {
		fmt.Fprintf(&b, "notice: %s %s\n", n.Kind, n.Text)
	}
	return b.String()
}

func indent(text string) string {
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n      ")
}

var (
	gaps      = regexp.MustCompile(`\s+`)
	wildcards = regexp.MustCompile(` ?\* ?|\{\w+\}`)
)

// pattern makes a transcript's words into an expression: they occur in this
// order, * is anything between, {name} what was found under that name before
// or, the first time, a word to be remembered.
func (s *scenario) pattern(words string) (*regexp.Regexp, []string) {
	var (
		out   strings.Builder
		names []string
	)
	words = gaps.ReplaceAllString(strings.TrimSpace(words), " ")
	at := 0
	for _, m := range wildcards.FindAllStringIndex(words, -1) {
		out.WriteString(regexp.QuoteMeta(words[at:m[0]]))
		at = m[1]
		if words[m[0]] != '{' {
			out.WriteString(`.*?`)
			continue
		}
		name := words[m[0]+1 : m[1]-1]
		if value, ok := s.vars[name]; ok {
			out.WriteString(regexp.QuoteMeta(value))
			continue
		}
		names = append(names, name)
		out.WriteString(`(\w+)`)
	}
	out.WriteString(regexp.QuoteMeta(words[at:]))
	return regexp.MustCompile(`(?s)` + out.String()), names
}

// match looks for a transcript's words in what was drawn.
func (s *scenario) match(words, drawn string) bool {
	re, names := s.pattern(words)
	found := re.FindStringSubmatch(gaps.ReplaceAllString(drawn, " "))
	if found == nil {
		return false
	}
	for i, n := range names {
		s.vars[n] = found[i+1]
	}
	return true
}

// filled puts what was remembered into a line.
func (s *scenario) filled(line string) string {
	for name, value := range s.vars {
		line = strings.ReplaceAll(line, "{"+name+"}", value)
	}
	return line
}
