package blockkit

import "sync"

// description is everything that Slack knows, by family. It is built once and
// never changed.
var description = sync.OnceValue(newDescription)

func newDescription() map[string]family {
	return map[string]family{
		blockFamily:   blocks(),
		elementFamily: elements(),
		contextFamily: contextParts(),
		richFamily:    richParts(),
		leafFamily:    richLeaves(),
		cellFamily:    cells(),
		chartFamily:   charts(),
		viewFamily:    views(),
	}
}
