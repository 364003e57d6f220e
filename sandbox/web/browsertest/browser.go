// Package browsertest drives a real Chromium for tests of pages. It knows
// nothing of any page: it opens tabs, clicks, types, waits and takes pictures.
//
// A test that needs a browser calls Start. Where no Chromium is installed the
// test is skipped with a line that says so, unless CI=true, where that is a
// failure. Each Start is one browser process with a fresh profile, ended with
// the test; tests that use it should not run in parallel.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// names are what distributions call the browser.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// startTimeout is for the first answer of a cold browser on a busy machine.
const startTimeout = 90 * time.Second

// Browser is one running Chromium.
type Browser struct {
	ctx context.Context
}

// Start runs a browser until the test ends.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := find(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // the tests may run as root, where Chromium's own sandbox cannot
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("lang", "en-US"),
		chromedp.WSURLReadTimeout(startTimeout),
		chromedp.WindowSize(1440, 900),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithErrorf(t.Logf), chromedp.WithLogf(t.Logf))
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("ending the browser: %v", err)
		}
		cancel()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return &Browser{ctx: ctx}
}

// find returns the browser's path, or ends the test as the package comment says.
func find(t testing.TB) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no Chromium on this machine, and CI=true does not let browser tests be skipped")
	}
	t.Skip("no Chromium on this machine: install Debian's chromium to run the browser tests")
	return ""
}
