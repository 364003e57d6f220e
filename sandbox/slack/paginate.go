package slack

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// paginate cuts a page out of rows by cursor and limit (docs.slack.dev/apis/web-api/pagination).
func paginate[T any](a args, rows []T, def, most int) (page []T, next string, err *apiError) {
	start := 0
	if cursor := a.str("cursor"); cursor != "" {
		raw, bad := base64.StdEncoding.DecodeString(cursor)
		n, found := strings.CutPrefix(string(raw), "next:")
		at, notNumber := strconv.Atoi(n)
		if bad != nil || !found || notNumber != nil || at < 0 || at > len(rows) {
			return nil, "", refuse("invalid_cursor")
		}
		start = at
	}
	end := min(len(rows), start+a.num("limit", def, most))
	if end < len(rows) {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(end)))
	}
	return rows[start:end], next, nil
}
