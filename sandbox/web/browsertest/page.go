package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	// patience is how long a page may take to show what a test waits for.
	patience = 20 * time.Second
	// look is how often it is looked at meanwhile.
	look = 40 * time.Millisecond
)

// ShotsVariable names the environment variable with the folder for pictures.
// Without it Shot does nothing.
const ShotsVariable = "BROWSERTEST_SHOTS"

// Page is one tab. Its methods fail the test at once when the page does not do
// what they wait for.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu     sync.Mutex
	errors []string
}

// Open loads an address in a new tab, which is closed with the test.
func (b *Browser) Open(t testing.TB, address string) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx}
	// The tab lives as long as the context of the first call, so that one must
	// not be a call with a deadline of its own.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	p.collectErrors()
	p.Goto(address)
	return p
}

// collectErrors keeps what the page complains about.
func (p *Page) collectErrors() {
	go func() {
		for message, err := range chromedp.Console(p.ctx) {
			if err != nil {
				return
			}
			if message.Type == chromedp.ConsoleError || message.Type == chromedp.ConsoleException {
				p.mu.Lock()
				p.errors = append(p.errors, message.Text)
				p.mu.Unlock()
			}
		}
	}()
}

// Errors are the exceptions and errors in the console so far.
func (p *Page) Errors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.errors...)
}

func (p *Page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.failed(what, err)
	}
}

// failed ends the test with what the page looked like.
func (p *Page) failed(what string, err error) {
	p.t.Helper()
	p.Shot("failed-" + strings.NewReplacer("/", "_", " ", "_").Replace(p.t.Name()))
	p.t.Fatalf("%s: %v\nconsole: %q", what, err, p.Errors())
}

// Goto loads an address in the same tab.
func (p *Page) Goto(address string) {
	p.t.Helper()
	p.do("loading "+address, chromedp.Navigate(address))
}

// Size gives the tab that many CSS pixels.
func (p *Page) Size(width, height int64) {
	p.t.Helper()
	p.do("resizing", chromedp.EmulateViewport(width, height))
}

// Eval runs an expression and returns its value.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.failed("evaluating "+expression, err)
	}
	return value
}

// Until waits until an expression is true.
func (p *Page) Until(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if err != nil {
			p.failed("waiting until "+expression, err)
		}
		if value {
			return
		}
		select {
		case <-ctx.Done():
			p.failed("waiting until "+expression, ctx.Err())
		case <-ticker.C:
		}
	}
}

// quote writes a string as JavaScript.
func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}

// matching is an expression for the drawn elements that match a CSS selector
// and hold these words (in their text or label). Empty words match all.
func matching(css, words string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%s)].filter((e) => e.checkVisibility({ visibilityProperty: true }) && `+
		`((e.innerText ?? '') + ' ' + (e.ariaLabel ?? '')).includes(%s))`, quote(css), quote(words))
}

// See waits for a drawn element that matches a CSS selector and holds these words.
func (p *Page) See(css, words string) {
	p.t.Helper()
	p.Until(matching(css, words) + ".length > 0")
}

// Gone waits until no drawn element matches.
func (p *Page) Gone(css, words string) {
	p.t.Helper()
	p.Until(matching(css, words) + ".length === 0")
}

// mark is the attribute by which an element found in the page is handed to the
// browser's own input.
const mark = "data-browsertest"

// hold waits for an element and marks the last that matches, which in a
// conversation is the newest.
func (p *Page) hold(css, words string) chromedp.CSS {
	p.t.Helper()
	p.See(css, words)
	p.Until(fmt.Sprintf(`(() => { document.querySelectorAll('[%s]').forEach((e) => e.removeAttribute('%s'));
		const found = %s.at(-1); found?.setAttribute('%s', ''); found?.scrollIntoView({ block: 'center' }); return found; })()`, mark, mark, matching(css, words), mark))
	return chromedp.CSS("[" + mark + "]")
}

// Click presses the mouse on the last element that matches and holds these words.
func (p *Page) Click(css, words string) {
	p.t.Helper()
	at := p.hold(css, words)
	p.do("clicking "+css+" "+words, chromedp.Click(at))
}

// Hover moves the mouse there, for what shows only then.
func (p *Page) Hover(css, words string) {
	p.t.Helper()
	at := p.hold(css, words)
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	box, err := chromedp.Run(ctx, chromedp.Dimensions(at))
	if err != nil {
		p.failed("finding "+css, err)
	}
	x, y := (box.Content[0]+box.Content[2])/2, (box.Content[1]+box.Content[5])/2
	p.do("hovering over "+css, chromedp.MouseEvent("mouseMoved", x, y))
}

// Fill replaces what stands in a field by typing.
func (p *Page) Fill(css, text string) {
	p.t.Helper()
	at := p.hold(css, "")
	p.Until(fmt.Sprintf(`(document.querySelector('[%s]').select?.(), true)`, mark))
	p.do("typing into "+css, chromedp.SendKeys(at, text))
}

// Press sends keys to whatever has the focus; the names are kb's.
func (p *Page) Press(keys string) {
	p.t.Helper()
	p.do("pressing a key", chromedp.KeyEvent(keys))
}

// Say types a line into a field and presses Enter.
func (p *Page) Say(css, text string) {
	p.t.Helper()
	p.Fill(css, text)
	p.Press(kb.Enter)
}

// Text is what the last matching element shows.
func (p *Page) Text(css string) string {
	p.t.Helper()
	p.See(css, "")
	return Eval[string](p, matching(css, "")+".at(-1).innerText")
}

// Shot writes a picture of the tab to the folder in BROWSERTEST_SHOTS.
func (p *Page) Shot(name string) {
	p.t.Helper()
	folder := os.Getenv(ShotsVariable)
	if folder == "" {
		return
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Logf("picture %s: %v", name, err)
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Logf("picture %s: %v", name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		p.t.Logf("picture %s: %v", name, err)
	}
}
