package slack

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// args are a call's arguments, however they came: form fields are text (complex ones hold JSON), JSON bodies are values.
type args map[string]arg

type arg struct {
	text string          // form
	json json.RawMessage // JSON body; nil for form fields
}

// maxBody bounds a request; Slack's own ceiling for JSON and forms is near 1 MB.
const maxBody = 1 << 20

// readArgs reads query and body. The second value says what the client did that Slack warns about.
func readArgs(w http.ResponseWriter, r *http.Request) (args, string, *apiError) {
	out := args{}
	for key, v := range r.URL.Query() {
		if key != "token" { // tokens in query strings are not accepted from today's apps
			out[key] = arg{text: v[0]}
		}
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return out, "", nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, "", refuse("invalid_form_data")
	}
	header := r.Header.Get("Content-Type")
	if len(body) == 0 {
		return out, "", nil
	}
	if header == "" {
		return nil, "", refuse("missing_post_type")
	}
	kind, params, err := mime.ParseMediaType(header)
	if err != nil {
		return nil, "", refuse("invalid_post_type")
	}
	if cs := params["charset"]; cs != "" && !strings.EqualFold(cs, "utf-8") && !strings.EqualFold(cs, "iso-8859-1") {
		return nil, "", refuse("invalid_charset")
	}
	switch kind {
	case "application/json":
		warning := ""
		if params["charset"] == "" {
			warning = "missing_charset"
		}
		return out, warning, out.fromJSON(body)
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, "", refuse("invalid_form_data")
		}
		out.fromForm(form)
		return out, "", nil
	case "multipart/form-data":
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return nil, "", refuse("invalid_form_data")
		}
		out.fromForm(r.MultipartForm.Value)
		return out, "", nil
	}
	return nil, "", refuse("invalid_post_type")
}

func (a args) fromForm(form url.Values) {
	for key, v := range form {
		a[key] = arg{text: v[0]}
	}
}

func (a args) fromJSON(body []byte) *apiError {
	if !json.Valid(body) {
		return refuse("invalid_json")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
		return refuse("json_not_object")
	}
	for key, v := range fields {
		a[key] = arg{json: v}
	}
	return nil
}

// has tells whether an argument came with something in it; JSON null counts as absent.
func (a args) has(key string) bool {
	v, ok := a[key]
	return ok && (v.json == nil && v.text != "" || v.json != nil && string(v.json) != "null")
}

// str reads a text argument; numbers and booleans of JSON bodies come as written.
func (a args) str(key string) string {
	v := a[key]
	if v.json == nil {
		return v.text
	}
	var s string
	if json.Unmarshal(v.json, &s) == nil {
		return s
	}
	if string(v.json) == "null" {
		return ""
	}
	return string(v.json)
}

func (a args) flag(key string) bool { s := a.str(key); return s == "true" || s == "1" }

// num reads a whole number between 1 and most; anything else is the default.
func (a args) num(key string, def, most int) int {
	n, err := strconv.Atoi(a.str(key))
	if err != nil || n <= 0 {
		return def
	}
	return min(n, most)
}

// list reads a comma-separated argument, which JSON bodies may give as an array.
func (a args) list(key string) []string {
	v := a[key]
	var many []string
	if v.json != nil && json.Unmarshal(v.json, &many) == nil {
		return many
	}
	var out []string
	for part := range strings.SplitSeq(a.str(key), ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// raw reads a complex argument: JSON text in forms, a value or a string of JSON in JSON bodies. given is false when it did
// not come or is empty text; valid is false when it isn't JSON.
func (a args) raw(key string) (value json.RawMessage, given, valid bool) {
	if !a.has(key) {
		return nil, false, true
	}
	v := a[key]
	value = v.json
	if value == nil || value[0] == '"' {
		text := a.str(key)
		if text == "" {
			return nil, false, true
		}
		value = json.RawMessage(text)
	}
	value = bytes.TrimSpace(value)
	return value, true, json.Valid(value)
}

// logged is the arguments for the request log: complex ones readable, tokens replaced by their kind.
func (a args) logged() json.RawMessage {
	out := obj{}
	for key, v := range a {
		switch raw, given, valid := a.raw(key); {
		case key == "token":
			out[key] = redacted(a.str(key))
		case v.json != nil && valid:
			out[key] = raw
		case given && valid && strings.ContainsAny(string(raw[:1]), "[{"):
			out[key] = raw
		default:
			out[key] = a.str(key)
		}
	}
	return encode(out)
}
