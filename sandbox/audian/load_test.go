package audian

import (
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestThousandsOfConferencesAndHundredsOfCallers(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	c.fill(3000)
	conf := c.s.allConferences()[7].id
	if _, err := c.s.AddCallers(conf, 300); err != nil {
		t.Fatal(err)
	}
	if n := len(c.want(c.do("GET", "/conferences?paginate=false", ""), 200).list()); n != 3000 {
		t.Errorf("%d conferences", n)
	}
	people := c.want(c.do("GET", "/conferences/"+conf+"/participants", ""), 200).list()
	ids := map[any]bool{}
	for _, p := range people {
		ids[p.(document)["participant_id"]] = true
	}
	if len(ids) != 300 {
		t.Errorf("%d different ids of %d people", len(ids), len(people))
	}
}

// Many clients at once, on everything; it is the race detector that tests.
func TestManyClientsAtOnce(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{RateBucket: false, UnorderedLists: true})
	conf := c.conference(ConferenceSpec{Name: "Everybody"})
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 20 {
				name := fmt.Sprintf("w%d-%d", worker, i)
				made, err := c.try("PUT", c.account("/conferences"), `{"data":{"name":"`+name+`"}}`)
				if err != nil || made.status != 201 {
					t.Errorf("create: %d %v", made.status, err)
					return
				}
				id, _ := made.data()["id"].(string)
				ph := c.s.Dial(Call{Conference: conf, CallerName: name})
				for _, do := range []struct{ method, path, body string }{
					{"GET", "/conferences", ""},
					{"POST", "/conferences/" + id, `{"data":{"max_members":3}}`},
					{"POST", "/conferences/" + conf + "/participants/" + ph.ParticipantID, `{"data":{"action":"mute"}}`},
					{"GET", "/conferences/" + conf + "/participants", ""},
					{"DELETE", "/conferences/" + conf + "/participants/" + ph.ParticipantID, ""},
					{"DELETE", "/conferences/" + id, ""},
				} {
					if a, err := c.try(do.method, c.account(do.path), do.body); err != nil || a.status >= 300 {
						t.Errorf("%s %s: %d %v", do.method, do.path, a.status, err)
					}
				}
				c.s.State()
			}
		})
	}
	all.Wait()
	state := c.s.State()
	if len(state.Conferences) != 1 || state.Conferences[0].Live {
		t.Errorf("left over: %d conferences, live %v", len(state.Conferences), state.Conferences[0].Live)
	}
}

func TestTheServerCanBeStoppedTwiceAndNotStartedAgain(t *testing.T) {
	t.Parallel()
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.BaseURL() != "" {
		t.Errorf("an address before the start: %s", s.BaseURL())
	}
	for range 2 {
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.HasSuffix(s.BaseURL(), "/v2") || s.ControlURL() == "" {
		t.Errorf("addresses %q, %q", s.BaseURL(), s.ControlURL())
	}
	for range 2 {
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Start(t.Context()); err == nil {
		t.Error("started again")
	}
}

func TestOptionsThatCannotWorkAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{
		{Dialect: "klingon"},
		{KazooVersion: 3},
		{AccountID: "me"},
		{AccountID: ForeignAccountID},
		{Dialect: Kazoo, APIKey: "short"},
		{DeleteStatus: 201},
		{Websocket: "maybe"},
		{Seed: func(s *Server) error { _, err := s.AddConference(ConferenceSpec{}); return err }},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

// The sandbox is a witness of its own only as long as it shares nothing with
// what it tests.
func TestThePackageImportsNothingOfOurs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	allowed := map[string]bool{"github.com/gorilla/websocket": true, "golang.org/x/time/rate": true}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			first, _, _ := strings.Cut(path, "/")
			if (strings.Contains(first, ".") || first == "confbot") && !allowed[path] {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}
