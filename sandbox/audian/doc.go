// Package audian is a stand-in for the Audian Conferences API: an ordinary
// HTTP server that any client can be pointed at, with telephones to dial in
// with and a control API to cause trouble.
//
// It knows two dialects. "seed" is what Audian's page describes
// (https://docs.audian.com/conferences); "kazoo" is what the open-source
// Kazoo platform does, which is what probably runs behind it. Where neither
// settles a question, a field of Options plays each of the readings.
//
// It must stay an independent witness: it imports nothing else of this
// module, so that a misreading of the API is not shared with the client that
// it tests, and it never opens an outbound connection.
//
// Invariants:
//   - What phones may do is decided from the effective settings of a
//     conference (effective.go), never from what its document echoes. A stock
//     Kazoo stores flat PINs that protect nothing, and so does this.
//   - Documents are immutable once stored; a change stores a new one. So they
//     are encoded without holding a lock.
//   - Everything about conferences, runs and phones is behind the one mutex of
//     world; world.enter applies what has fallen due before anybody looks.
//   - A run exists only while somebody is on the line. Participant numbers
//     start from 1 in each run and so are used again in the next.
//   - PINs, keys and tokens never reach the request log or the logger.
//
// Common changes: an endpoint is a row in route.go and a handler; a rule for a
// field is a row in schema.go; an uncertain reading is a field in options.go
// with its default in switches.go; a fault is a row in faults.go.
package audian
