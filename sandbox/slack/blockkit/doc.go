// Package blockkit says whether Slack would accept a Block Kit payload, and
// what it would answer when it would not: an unknown property, a text that is
// one character too long, a date picker where none may stand.
//
// It works on raw JSON and knows nothing about channels, tokens or HTTP. It
// must not import a Slack library: a mistake shared with the client under test
// would never be seen.
//
// # How it is built
//
// One description holds every block, element and object: newDescription and
// the tables it collects from blocks.go, elements.go, richtext.go, objects.go
// and views.go. A table names each property with its kind and limits. check.go
// walks a payload along the description; rules.go holds the few rules that
// relate two properties or two blocks to each other.
//
// Common changes: a new block, element or property is a row in a table, a new
// limit a number in a row; both want a case in the tests beside it.
//
// Slack repeats some problems for the objects around them ("failed to match
// all allowed schemas"); of these only the line about a whole view is given.
//
// # Invariants
//
//   - No input makes it panic.
//   - Lengths are code points, as in Slack's own JSON validator
//     (github.com/slackhq/hack-json-schema), whose wordings and error codes
//     these are too.
//   - A property that is null counts as given: Slack answers "must provide an
//     object". To leave a property out is to leave it out.
//
// # Where Slack's documents leave two readings
//
// The zero Options take the wider one, so that nothing is refused here that
// Slack may accept. Options.Strict takes the narrower one, and what passes it
// should pass any Slack:
//
//	                          wide            strict
//	option value              150             75 (@slack/types)
//	confirm                   text required   title, text, confirm, deny required
//	overflow options          1 to 5          2 to 5 (older documents)
//	empty block_id, action_id accepted        refused
//	plain_text_input          any max_length  max_length up to 3,000
//	initial option            text and value  equal in every property
//	                          as offered
//	option values             may repeat      unique in their menu
//	rich_text                 may be empty    one element or more
//	code style                any leaf        text and link only
//	table: raw_number cell    accepted        refused (some workspaces did)
//	data_table header cell    text or number  text only
//	tables in a message       one table       one table or data_table
//	pie segments, series      12              6
//	layout on a modal         accepted        refused
//	workflow_button           any             action_id required
//	attachment with blocks    no title and    nothing but color and fallback
//	                          callback_id
//
// The size of a whole view (MaxViewBytes) and the hidden limit on all text of
// a message (MaxTextTotal, TextTotal) are for the caller to compare, because
// Slack answers them with errors of their own.
package blockkit
