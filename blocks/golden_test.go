package blocks

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is one drawing: a golden file, and what its words must hold.
type sample struct {
	name    string
	message *Message
	view    *View
	says    []string // what the top-level text has to hold
}

func msg(name string, m Message, says ...string) sample {
	return sample{name: name, message: &m, says: says}
}

func form(name string, v View) sample { return sample{name: name, view: &v} }

// TestEveryViewIsAsItsGoldenFileShows draws every sample. The files' JSON can
// be pasted into Slack's Block Kit Builder as it is.
func TestEveryViewIsAsItsGoldenFileShows(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			compare(t, s.name+".json", payload(t, s))
			if s.message != nil {
				compare(t, s.name+".txt", []byte(s.message.Text+"\n"))
			}
		})
	}
}

func TestNoGoldenFileIsLeftOver(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, s := range samples() {
		if known[s.name+".json"] {
			t.Errorf("two samples are called %s", s.name)
		}
		known[s.name+".json"], known[s.name+".txt"] = true, s.message != nil
	}
	files, err := os.ReadDir("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !known[f.Name()] {
			t.Errorf("no sample draws testdata/golden/%s", f.Name())
		}
	}
}

// payload is a sample as Slack gets it.
func payload(t *testing.T, s sample) []byte {
	t.Helper()
	var v any
	switch {
	case s.message != nil:
		v = map[string]any{"blocks": s.message.Blocks}
	case s.view.Kind == Home:
		v = homeRequest(*s.view)
	default:
		v = modalRequest(*s.view)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// modalRequest is a form as Slack's views.open, views.push and views.update
// take it.
func modalRequest(v View) slack.ModalViewRequest {
	r := slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(v.Title, MaxViewTitle), Blocks: slack.Blocks{BlockSet: v.Blocks},
		PrivateMetadata: v.Meta, CallbackID: v.CallbackID, NotifyOnClose: true, ExternalID: v.ExternalID,
	}
	if v.Submit != "" {
		r.Submit = plain(v.Submit, MaxViewButton)
	}
	if v.Close != "" {
		r.Close = plain(v.Close, MaxViewButton)
	}
	return r
}

// homeRequest is the App Home tab as Slack's views.publish takes it.
func homeRequest(v View) slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: v.Blocks}, PrivateMetadata: v.Meta, CallbackID: v.CallbackID,
	}
}

func compare(t *testing.T, file string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", file)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); if it should, run go test ./blocks -update:\n%s", file, diff)
	}
}
