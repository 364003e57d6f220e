package torture

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// journalled are the names that wishes have in the program's own journal.
var journalled = map[string]string{
	"create": "create", "mute": "mute", "kick": "kick.confirm", "kick of somebody who has left": "kick.confirm",
	"Mute in the panel": "participant.mute", "Unmute in the panel": "participant.unmute",
}

// entries counts the journal's rows, once the program has ended: by person and
// name, and those that are not done.
func (w *world) entries() (rows map[string]int, open int) {
	w.tb.Helper()
	db, err := sql.Open("sqlite", "file:"+w.database+"?mode=ro")
	w.must(err)
	defer db.Close()
	ctx := context.WithoutCancel(w.ctx)
	found, err := db.QueryContext(ctx, `SELECT person, name, state, COUNT(*) FROM journal GROUP BY person, name, state`)
	w.must(err)
	defer found.Close()
	rows = map[string]int{}
	for found.Next() {
		var person, name, state string
		var n int
		w.must(found.Scan(&person, &name, &state, &n))
		rows[person+" "+name] += n
		if state != "done" {
			open += n
		}
	}
	w.must(found.Err())
	return rows, open
}

// unwritten compares acknowledged wishes with the journal: for each there must
// be a row, and each row must have come to an end.
func unwritten(people []*person, rows map[string]int, open int) (wrong []string) {
	for _, p := range people {
		asked := map[string]int{}
		for _, v := range p.wishes {
			if !v.unsent && !v.heard.refused(v.envelope) {
				asked[p.user+" "+journalled[v.what]]++
			}
		}
		for key, n := range asked {
			if rows[key] < n {
				wrong = append(wrong, fmt.Sprintf("%d of %s were acknowledged and %d written down", n, strings.TrimPrefix(key, "U0"), rows[key]))
			}
		}
	}
	if open > 0 {
		wrong = append(wrong, fmt.Sprintf("%d rows of the journal never came to an end", open))
	}
	return wrong
}
