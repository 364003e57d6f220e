package slack

import "encoding/json"

func newValidator() Validator { return unchecked{} }

// unchecked lets everything through.
type unchecked struct{}

func (unchecked) Blocks(string, json.RawMessage) []Problem { return nil }
func (unchecked) View(json.RawMessage) []Problem           { return nil }
func (unchecked) Attachments(json.RawMessage) []Problem    { return nil }
