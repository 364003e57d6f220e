package audian

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func (c *client) fill(n int) {
	c.t.Helper()
	for i := range n {
		c.conference(ConferenceSpec{Name: fmt.Sprintf("room %03d", i)})
	}
}

// walk follows next_start_key to the end.
func (c *client) walk(query string, afterFirst func()) (names []string, pages int) {
	c.t.Helper()
	key := ""
	for {
		a := c.want(c.do("GET", "/conferences?"+query+"&start_key="+url.QueryEscape(key), ""), 200)
		for _, item := range a.list() {
			name, _ := item.(document)["name"].(string)
			names = append(names, name)
		}
		if pages++; pages == 1 && afterFirst != nil {
			afterFirst()
		}
		next, more := a.body["next_start_key"].(string)
		if !more {
			return names, pages
		}
		key = next
	}
}

func TestListsComeInPages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, query string
		o           Options
		pages       int
		newestFirst bool
	}{
		{"seed: 25 a page", "", Options{}, 5, false},
		{"seed: at most 100", "page_size=500", Options{}, 2, false},
		{"seed: as many as asked", "page_size=60", Options{}, 2, false},
		{"kazoo: 50 a page, newest first", "", kazoo(), 3, true},
		{"kazoo: oldest first", "ascending=true", kazoo(), 3, false},
		{"kazoo: no upper limit", "page_size=500", kazoo(), 1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := startServer(t, tt.o)
			c.fill(110)
			names, pages := c.walk(tt.query, nil)
			if pages != tt.pages || len(names) != 110 {
				t.Errorf("%d names on %d pages, want 110 on %d", len(names), pages, tt.pages)
			}
			if tt.newestFirst {
				slices.Reverse(names)
			}
			if !slices.IsSorted(names) {
				t.Errorf("not in order: %v", names)
			}
		})
	}
}

func TestUnpagedListsHaveNoPageKeys(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	c.fill(30)
	a := c.want(c.do("GET", "/conferences?paginate=false", ""), 200)
	for _, key := range []string{"page_size", "start_key", "next_start_key"} {
		if a.body[key] != nil {
			t.Errorf("%s = %v", key, a.body[key])
		}
	}
	if len(a.list()) != 30 {
		t.Errorf("%d items", len(a.list()))
	}
	first := c.want(c.do("GET", "/conferences", ""), 200)
	if first.body["page_size"] != 25.0 || first.body["next_start_key"] == nil {
		t.Errorf("the first page: %v %v", first.body["page_size"], first.body["next_start_key"])
	}
}

func TestDeletingBetweenPagesSkipsNobody(t *testing.T) {
	t.Parallel()
	for _, d := range []Dialect{Seed, Kazoo} {
		c := startServer(t, Options{Dialect: d})
		c.fill(30)
		all := c.s.allConferences()
		names, _ := c.walk("page_size=10&ascending=true", func() {
			c.do("DELETE", "/conferences/"+all[3].id, "")
			c.do("DELETE", "/conferences/"+all[10].id, "") // the one that the next page begins with
		})
		want := []string{}
		for i := range 30 {
			if i != 10 {
				want = append(want, fmt.Sprintf("room %03d", i))
			}
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%s (-want +got):\n%s", d, diff)
		}
	}
}

func TestPageQueriesThatAreRefused(t *testing.T) {
	t.Parallel()
	tooMany := func(d Dialect) Options { return Options{Dialect: d, MaxUnpaged: 1} }
	second := func(c *client, _ string) { c.conference(ConferenceSpec{Name: "Retro"}) }
	for _, d := range []Dialect{Seed, Kazoo} {
		o := Options{Dialect: d}
		p := string(d) + ": "
		runRows(t, []row{
			{name: p + "a page of none", o: o, method: "GET", path: "/conferences?page_size=0", status: 400},
			{name: p + "a page size in words", o: o, method: "GET", path: "/conferences?page_size=all", status: 400},
			{name: p + "a key that nobody gave", o: o, method: "GET", path: "/conferences?start_key=abc", status: 400},
			{name: p + "too many for one answer", o: tooMany(d), before: second, method: "GET", path: "/conferences?paginate=false", status: 416, want: map[string]any{"message": "range not satisfiable"}},
			{name: p + "a filter", o: o, before: second, method: "GET", path: "/conferences?filter_name=Retro", status: 200, want: map[string]any{"data/0/name": "Retro", "data/1": nil}},
			{name: p + "a filter that excludes", o: o, before: second, method: "GET", path: "/conferences?filter_not_name=Retro", status: 200, want: map[string]any{"data/0/name": "Standup", "data/1": nil}},
		})
	}
}

func TestUnorderedListsComeInAnyOrder(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{UnorderedLists: true})
	c.fill(20)
	conf := c.s.allConferences()[0].id
	if _, err := c.s.AddCallers(conf, 20); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/conferences", "/conferences/" + conf + "/participants"} {
		first := c.do("GET", path, "").list()
		// Twenty items in the same order five times: one in 10^92.
		same := true
		for range 5 {
			again := c.do("GET", path, "").list()
			if len(again) != 20 {
				t.Fatalf("%d items", len(again))
			}
			same = same && cmp.Equal(first, again)
		}
		if same {
			t.Errorf("%s is always in the same order", path)
		}
	}
}
