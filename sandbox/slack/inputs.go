package slack

import (
	"encoding/json"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// checkInputs is what Slack's client refuses by itself before it sends a form, by block id.
func checkInputs(blocks []any, state values) map[string]string {
	out := map[string]string{}
	for _, e := range elements(blocks) {
		if !e.inInput() {
			continue
		}
		kind := elementKinds[e.kind()]
		value := state.get(e.blockID(), e.actionID())
		if kind.empty(value) {
			if !asBool(e.block["optional"]) {
				out[e.blockID()] = sayRequired
			}
			continue
		}
		if text, ok := value["value"].(string); ok {
			if complaint := checkText(e, text); complaint != "" {
				out[e.blockID()] = complaint
			}
		}
		if most := number(e.el["max_selected_items"]); most > 0 && len(asList(value[kind.field])) > most {
			out[e.blockID()] = "Please choose at most " + strconv.Itoa(most) + "."
		}
	}
	return out
}

func number(v any) int {
	n, _ := v.(json.Number)
	i, _ := strconv.Atoi(n.String())
	return i
}

func checkText(e element, text string) string {
	length := utf8.RuneCountInString(text)
	if least := number(e.el["min_length"]); length < least {
		return "Please enter at least " + strconv.Itoa(least) + " characters."
	}
	most := number(e.el["max_length"])
	if e.kind() == "plain_text_input" && most == 0 {
		most = 3000
	}
	if most > 0 && length > most {
		return "Please enter at most " + strconv.Itoa(most) + " characters."
	}
	switch e.kind() {
	case "number_input":
		return checkNumber(e, text)
	case "email_text_input":
		if at, err := mail.ParseAddress(text); err != nil || at.Address != text {
			return "Please enter a valid email address."
		}
	case "url_text_input":
		if u, err := url.Parse(text); err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http") {
			return "Please enter a valid URL."
		}
	}
	return ""
}

func checkNumber(e element, text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "Please enter a number."
	}
	if !asBool(e.el["is_decimal_allowed"]) && strings.ContainsAny(text, ".,eE") {
		return "Please enter a whole number."
	}
	if least, err := strconv.ParseFloat(asString(e.el["min_value"]), 64); err == nil && n < least {
		return "Please enter a number of at least " + asString(e.el["min_value"]) + "."
	}
	if most, err := strconv.ParseFloat(asString(e.el["max_value"]), 64); err == nil && n > most {
		return "Please enter a number of at most " + asString(e.el["max_value"]) + "."
	}
	return ""
}
