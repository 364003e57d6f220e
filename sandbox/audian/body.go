package audian

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
)

// maxBody is the size of an upload that Kazoo takes.
const maxBody = 8_000_000

// readBody reads and parses the body. Whether it holds `data` is asked later,
// by those who need it.
func (x *exchange) readBody(w http.ResponseWriter) *failure {
	raw, err := io.ReadAll(http.MaxBytesReader(w, x.r.Body, maxBody))
	if err != nil {
		if _, tooBig := errors.AsType[*http.MaxBytesError](err); tooBig {
			return &failure{status: http.StatusRequestEntityTooLarge, message: "request entity too large"}
		}
		return x.o.badJSON()
	}
	x.hasBody = len(bytes.TrimSpace(raw)) > 0
	if !x.hasBody || !x.jsonBody() {
		return nil
	}
	body, err := decodeBody(raw)
	if err != nil {
		return x.o.badJSON()
	}
	x.body = body
	if x.token == "" && x.o.kazoo() {
		x.token = textAt(body, "auth_token")
	}
	return nil
}

// decodeBody reads one JSON object and nothing behind it. Numbers keep their
// spelling.
func decodeBody(raw []byte) (document, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var body document
	if err := d.Decode(&body); err != nil {
		return nil, err
	}
	if body == nil {
		return nil, errors.New("null is not an object")
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("more than one value")
	}
	return body, nil
}

// jsonBody says whether the body claims to be JSON. Kazoo takes one without a
// type for JSON too.
func (x *exchange) jsonBody() bool {
	header := x.r.Header.Get("Content-Type")
	if header == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(header)
	return err == nil && (media == "application/json" || media == "application/x-json")
}

func (x *exchange) checkMediaTypes() *failure {
	if x.hasBody && !x.jsonBody() {
		return &failure{status: http.StatusUnsupportedMediaType, message: "unsupported media type"}
	}
	accept := x.r.Header.Get("Accept")
	if accept == "" {
		return nil
	}
	for part := range strings.SplitSeq(accept, ",") {
		media, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		switch media {
		case "*/*", "application/*", "application/json", "application/x-json":
			return nil
		}
	}
	return &failure{status: http.StatusNotAcceptable, message: "not acceptable"}
}

// data is the object that everything in a body sits under.
func (x *exchange) data() (document, *failure) {
	v, present := x.body["data"]
	if !present {
		return nil, x.o.noData("required", "Field is required but missing", nil)
	}
	switch v := v.(type) {
	case document:
		return v, nil
	case []any:
		return document{}, nil // lawful, and holds nothing that we read
	default:
		return nil, x.o.noData("type", "Value did not match type(s): object, array", v)
	}
}
