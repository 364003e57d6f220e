package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack/blockkit"
	"confbot/sandbox/slack/control"
)

// secrets are what must not be said where it does not belong.
type secrets struct {
	keys       []string        // tokens and keys: nowhere
	members    map[string]bool // PINs for people: not in the log
	moderators map[string]bool // moderator PINs: in forms only
	numbers    map[string]bool // full numbers of callers: not in the log
}

func (x *secrets) tokens(s *scenario) {
	x.keys = []string{s.slack.AppToken(), s.slack.BotToken(), s.audian.APIKey()}
	x.members, x.moderators, x.numbers = map[string]bool{}, map[string]bool{}, map[string]bool{}
}

// note learns the PINs and numbers that there are by now.
func (x *secrets) note(state audian.State) {
	for _, c := range state.Conferences {
		for _, p := range append(pinsIn(c.Document, "member_pins"), pinsIn(c.Document, "member", "pins")...) {
			x.members[p] = true
		}
		for _, p := range append(pinsIn(c.Document, "moderator_pins"), pinsIn(c.Document, "moderator", "pins")...) {
			x.moderators[p] = true
		}
	}
	for _, c := range state.Callers {
		if len(c.Number) >= 7 {
			x.numbers[strings.TrimPrefix(c.Number, "+")] = true
		}
	}
}

func pinsIn(doc map[string]any, path ...string) []string {
	var at any = doc
	for _, key := range path {
		m, _ := at.(map[string]any)
		at = m[key]
	}
	raw, err := json.Marshal(at)
	if err != nil {
		return nil
	}
	return regexp.MustCompile(`\d{4,16}`).FindAllString(string(raw), -1)
}

// settle checks everything that the bot sent and logged in a scenario.
func (s *scenario) settle(ctx context.Context) []error {
	s.secret.note(s.audian.State())
	var found []error
	for _, e := range s.never {
		screen, err := s.people.View(ctx, s.users[e.who])
		if err != nil {
			return append(found, err)
		}
		if m := screen.Find("", func(m control.Message) bool { return e.fits(m) && s.match(e.words, drawMessage(m)) }); m != nil {
			found = append(found, fmt.Errorf("%s was never to see %q", e.who, e.words))
		}
	}
	found = append(found, s.unexpectedNotices(ctx)...)
	records, err := s.people.Requests(ctx, 0)
	if err != nil {
		return append(found, err)
	}
	for _, r := range records {
		for _, problem := range s.faults(r) {
			found = append(found, fmt.Errorf("%s %s (log line %d): %s\n        %s", r.Kind, r.Method, r.Seq, problem, r.Request))
		}
	}
	return append(found, s.logFaults()...)
}

// unexpectedNotices are what Slack itself told people because the bot was too
// slow or answered nonsense.
func (s *scenario) unexpectedNotices(ctx context.Context) []error {
	var found []error
	for _, name := range s.cast {
		screen, err := s.people.View(ctx, s.users[name])
		if err != nil {
			return append(found, err)
		}
		for _, n := range screen.Notices {
			if !s.noticed[n.Seq] {
				found = append(found, fmt.Errorf("Slack told %s: %s %s", name, n.Kind, n.Text))
			}
		}
	}
	return found
}

// faults are what is wrong with one thing that the bot sent.
func (s *scenario) faults(r control.Record) []string {
	var found []string
	body := string(r.Request)
	for _, key := range s.secret.keys {
		if strings.Contains(body, key) {
			found = append(found, "it holds a token")
		}
	}
	isView := strings.HasPrefix(r.Method, "views.") || r.Kind == "ack"
	isMessage := slices.Contains([]string{"chat.postMessage", "chat.postEphemeral", "chat.update"}, r.Method) || r.Kind == "response_url"
	var sent struct {
		Text           string          `json:"text"`
		Blocks         json.RawMessage `json:"blocks"`
		View           json.RawMessage `json:"view"`
		DeleteOriginal bool            `json:"delete_original"`
	}
	if (!isView && !isMessage) || strings.Contains(body, "… (cut)") || json.Unmarshal(plain(r.Request), &sent) != nil {
		return found
	}
	for _, p := range checkBlocks(sent.Blocks, false) {
		found = append(found, "Slack would refuse its blocks: "+p)
	}
	for _, p := range checkBlocks(sent.View, true) {
		found = append(found, "Slack would refuse the view: "+p)
	}
	if isMessage && !sent.DeleteOriginal {
		found = append(found, textFaults(sent.Text)...)
		for pin := range s.secret.moderators {
			if !s.secret.members[pin] && containsNumber(body, pin) {
				found = append(found, "it holds a moderator PIN")
			}
		}
	}
	return found
}

// plain takes the values out of a form-encoded request, where they are JSON
// within strings.
func plain(raw json.RawMessage) json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return raw
	}
	for _, key := range []string{"blocks", "view", "metadata"} {
		var text string
		if json.Unmarshal(fields[key], &text) == nil && json.Valid([]byte(text)) {
			fields[key] = json.RawMessage(text)
		}
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return raw
	}
	return out
}

func checkBlocks(raw json.RawMessage, view bool) []string {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	strict := blockkit.Options{Strict: true}
	if view {
		return blockkit.Messages(strict.View(raw))
	}
	return blockkit.Messages(strict.Blocks(blockkit.Message, raw))
}

var (
	emoji   = regexp.MustCompile(`:[a-z_]+:|[\x{2190}-\x{21FF}\x{2600}-\x{27BF}\x{1F300}-\x{1FAFF}]`)
	rawData = regexp.MustCompile(`[{\[]"|\berror:|%!|<nil>|\bmap\[`)
)

// textFaults are what is wrong with the words of a message without its
// blocks: all that a locked phone shows and a screen reader reads.
func textFaults(text string) []string {
	var found []string
	if len(strings.Fields(text)) < 3 {
		found = append(found, fmt.Sprintf("its text says next to nothing: %q", text))
	}
	if e := emoji.FindString(text); e != "" {
		found = append(found, fmt.Sprintf("its text has a picture in it: %q", e))
	}
	if r := rawData.FindString(text); r != "" {
		found = append(found, fmt.Sprintf("its text has something for machines in it: %q", r))
	}
	if len([]rune(text)) > 3500 {
		found = append(found, "its text is too long to be edited")
	}
	return found
}

// containsNumber reports whether the digits stand there by themselves.
func containsNumber(text, digits string) bool {
	return regexp.MustCompile(`(^|[^0-9])` + digits + `($|[^0-9])`).MatchString(text)
}

// logFaults are secrets in what the bot logged at debug level.
func (s *scenario) logFaults() []error {
	var found []error
	for line := range strings.Lines(s.bot.log()) {
		for _, key := range s.secret.keys {
			if strings.Contains(line, key) {
				found = append(found, errors.New("the log holds a token: "+line))
			}
		}
		for pin := range maps.Keys(s.secret.members) {
			if containsNumber(line, pin) {
				found = append(found, errors.New("the log holds a PIN: "+line))
			}
		}
		for _, pin := range slices.Collect(maps.Keys(s.secret.moderators)) {
			if containsNumber(line, pin) {
				found = append(found, errors.New("the log holds a moderator PIN: "+line))
			}
		}
		for number := range s.secret.numbers {
			if containsNumber(line, number) {
				found = append(found, errors.New("the log holds a caller's number: "+line))
			}
		}
		if strings.Contains(line, "panic") {
			found = append(found, errors.New("the log tells of a panic: "+line))
		}
	}
	return found
}
