package audian

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// listConferences is GET /conferences.
func (s *Server) listConferences(x *exchange) reply {
	all := s.allConferences()
	if x.o.kazoo() && x.r.URL.Query().Get("ascending") != "true" {
		slices.Reverse(all) // newest first
	}
	all = slices.DeleteFunc(all, func(c *conference) bool { return !wanted(c.shown(), x.r.URL.Query()) })
	page, extra, f := x.page(all)
	if f != nil {
		return fail(f)
	}
	r := ok(s.listing(x, page))
	r.extra = extra
	return r
}

func (s *Server) listing(x *exchange, page []*conference) []document {
	defer s.world.enter()()
	docs := make([]document, len(page))
	for i, c := range page {
		r, seats := s.world.seats(c.id)
		docs[i] = x.listed(c, r, seats)
	}
	shuffle(&x.o, docs)
	return docs
}

func (s *Server) allConferences() []*conference {
	defer s.world.enter()()
	return slices.Clone(s.world.order)
}

// wanted applies filter_{key}=value and filter_not_{key}=value. Several values
// of one key are alternatives (docs.audian.com/api-basics/filtering).
func wanted(d document, q url.Values) bool {
	for param, values := range q {
		key, isFilter := strings.CutPrefix(param, "filter_")
		if !isFilter {
			continue
		}
		key, not := strings.CutPrefix(key, "not_")
		v, present := at(d, key)
		if (present && slices.Contains(values, fmt.Sprint(v))) == not {
			return false
		}
	}
	return true
}

func shuffle[T any](o *Options, list []T) {
	if o.UnorderedLists {
		rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
}

// pageSizes are what a list gives when it is not asked, and at most (0: any).
func (o *Options) pageSizes() (usual, most int) {
	if o.kazoo() {
		return 50, 0
	}
	return 25, 100
}

// page cuts a list as the query asks.
func (x *exchange) page(all []*conference) ([]*conference, document, *failure) {
	q := x.r.URL.Query()
	if q.Get("paginate") == "false" {
		if limit := x.o.MaxUnpaged; limit > 0 && len(all) > limit {
			return nil, nil, &failure{status: http.StatusRequestedRangeNotSatisfiable, message: "range not satisfiable"}
		}
		return all, nil, nil
	}
	size, f := x.pageSize(q)
	if f != nil {
		return nil, nil, f
	}
	from := 0
	start := q.Get("start_key")
	if start != "" {
		seq, ok := pageKey(start)
		if !ok {
			return nil, nil, x.o.refused(problem("start_key", "invalid", "Not a key that was given out", document{"value": start}))
		}
		from = slices.IndexFunc(all, func(c *conference) bool {
			if x.o.kazoo() && q.Get("ascending") != "true" {
				return c.seq <= seq
			}
			return c.seq >= seq
		})
		if from < 0 {
			from = len(all)
		}
	}
	page := all[from:]
	extra := document{"page_size": len(page)}
	if start != "" {
		extra["start_key"] = start
	}
	if len(page) > size {
		extra["next_start_key"] = writePageKey(page[size].seq)
		page = page[:size]
		extra["page_size"] = size
	}
	return page, extra, nil
}

func (x *exchange) pageSize(q url.Values) (int, *failure) {
	usual, most := x.o.pageSizes()
	given := q.Get("page_size")
	if given == "" {
		return usual, nil
	}
	size, err := strconv.Atoi(given)
	if err != nil || size < 1 {
		return 0, x.o.refused(problem("page_size", "minimum", "Value must be at least 1", document{"target": 1, "value": given}))
	}
	if most > 0 {
		size = min(size, most)
	}
	return size, nil
}

// A page key names the conference that the next page begins with, so that
// changes in between neither skip nor repeat one. It needs escaping in a URL,
// to catch clients that don't.
func writePageKey(seq int) string {
	return base64.StdEncoding.EncodeToString([]byte("?>" + strconv.Itoa(seq)))
}

func pageKey(key string) (seq int, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(key)
	if err != nil || len(raw) < 3 || string(raw[:2]) != "?>" {
		return 0, false
	}
	seq, err = strconv.Atoi(string(raw[2:]))
	return seq, err == nil
}
