package blockkit

// A Code is the kind of a problem, as blocks.validate names it
// (https://docs.slack.dev/reference/methods/blocks.validate).
type Code string

// The first three are Slack's own. The others are problems that Slack's
// methods answer with an error of that name instead of "invalid_blocks".
const (
	MissingField     Code = "missing_field"
	InvalidType      Code = "invalid_type"
	FailedConstraint Code = "failed_constraint"

	// NotBlocks: the payload is no JSON, or no array where one must be.
	NotBlocks Code = "invalid_blocks_format"
	// TooManyTables makes chat.postMessage answer invalid_attachments.
	TooManyTables Code = "only_one_table_allowed"
	// TooManyAttachments: more than MaxAttachments.
	TooManyAttachments Code = "too_many_attachments"
)

// A Problem is one reason to refuse a payload. It marshals to an entry of
// "errors" in the answer of blocks.validate.
type Problem struct {
	Pointer    string      `json:"pointer"` // RFC 6901, from the root the caller posted
	Code       Code        `json:"code"`
	Message    string      `json:"message"`
	Constraint *Constraint `json:"constraint,omitempty"`
	Field      string      `json:"field,omitempty"` // of MissingField: its name
}

// A Constraint is what was asked for and what was got.
type Constraint struct {
	Type     string `json:"type"` // "enum", "max_length", …
	Expected any    `json:"expected,omitempty"`
	Got      any    `json:"got,omitempty"`
}

// String is the form that Slack's methods put into "errors", and after
// "[ERROR] " into response_metadata.messages.
func (p Problem) String() string {
	return p.Message + " [json-pointer:" + p.Pointer + "]"
}
