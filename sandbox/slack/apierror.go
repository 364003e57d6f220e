package slack

import (
	"time"

	"confbot/sandbox/slack/blockkit"
)

// apiError is a refusal of the Web API: HTTP 200 and ok:false, unless retryAfter makes it a 429. It is an answer and not a
// Go error, so that a nil one cannot be mistaken for something.
type apiError struct {
	code       string
	messages   []string // response_metadata.messages
	errors     any
	more       obj // further fields, such as needed and provided
	retryAfter time.Duration
}

// refuse is an error with just a code.
func refuse(code string) *apiError { return &apiError{code: code} }

// missing is the answer to a required argument that did not come.
func missing(arg string) *apiError {
	return &apiError{code: "invalid_arguments", messages: []string{"[ERROR] missing required field: " + arg}}
}

// invalid is invalid_arguments with its reason.
func invalid(reason string) *apiError {
	return &apiError{code: "invalid_arguments", messages: []string{"[ERROR] " + reason}}
}

func (e *apiError) body() obj {
	o := obj{"ok": false, "error": e.code}
	if len(e.messages) > 0 {
		o["response_metadata"] = obj{"messages": e.messages}
	}
	if e.errors != nil {
		o["errors"] = e.errors
	}
	for k, v := range e.more {
		o[k] = v
	}
	return o
}

// rejectBlocks turns the validator's findings into the answer of a method: code, unless the first finding has an error of
// its own.
func rejectBlocks(code string, found []blockkit.Problem) *apiError {
	if len(found) == 0 {
		return nil
	}
	switch found[0].Code {
	case blockkit.NotBlocks, blockkit.TooManyAttachments:
		return refuse(string(found[0].Code))
	case blockkit.TooManyTables:
		code = "invalid_attachments"
	}
	e := &apiError{code: code, messages: blockkit.Messages(found)}
	lines := make([]string, 0, len(found))
	for _, p := range found {
		lines = append(lines, p.String())
	}
	e.errors = lines
	return e
}
