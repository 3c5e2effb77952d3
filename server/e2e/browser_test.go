package e2e_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Everything that knows the browser's protocol or chromedp's API is in this
// file. Since v0.20 that API is generic and unlike most tutorials: Do runs
// steps, Run gives a value.

const (
	chromium   = "/usr/bin/chromium"
	tabTimeout = 4 * time.Minute
	axeHash    = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c" // of axe-core 4.14.1's axe.min.js
)

var (
	browser        context.Context // nil until the first tab is opened
	browserStarted sync.Once
	closeBrowser   = func() {}
	browserError   error
)

func startBrowser() {
	if _, browserError = os.Stat(chromium); browserError != nil {
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium),
		chromedp.NoSandbox, // Chromium refuses its sandbox to root, as which containers and CI run
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// A page restored from the back/forward cache fires no load event, and NavigateBack waits for one.
		chromedp.Flag("disable-features", "Translate,BackForwardCache"),
	)
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	closeBrowser = func() { stop(); stopAllocator() }
	if browserError = chromedp.Do(ctx); browserError == nil {
		browser = ctx
	}
}

// tab is a browser window with cookies of its own. Its methods fail the test.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string // the origin everything must come from

	mu         sync.Mutex
	complaints []string
	requests   int
	policy     string // the content security policy of the last document
}

// openTab opens a tab for a program's pages. Without a browser it returns false,
// except in CI, where there must be one.
func openTab(t *testing.T, base string) (*tab, bool) {
	t.Helper()
	browserStarted.Do(startBrowser)
	if browserError != nil {
		missing(t, chromium, browserError)
		return nil, false
	}
	b := &tab{t: t, base: base}
	ctx, stop := chromedp.NewContext(browser, chromedp.WithNewBrowserContext(), chromedp.WithListener(b.listen))
	t.Cleanup(stop)
	ctx, cancel := context.WithTimeout(ctx, tabTimeout)
	t.Cleanup(cancel)
	b.ctx = ctx
	b.size(1280, 900)
	return b, true
}

// listen notes what a well-made page never causes. It must be quick: the
// browser's messages wait for it.
func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "script error: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.complaints = append(b.complaints, fmt.Sprintf("console %s: %s", e.Type, remoteText(e.Args)))
		}
	case *network.EventRequestWillBeSent:
		b.requests++
		if u := e.Request.URL; !strings.HasPrefix(u, b.base+"/") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "about:") {
			b.complaints = append(b.complaints, "request to another origin: "+u)
		}
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			b.policy, _ = header(e.Response.Headers, "Content-Security-Policy")
		}
		if e.Response.Status >= 400 && e.Type != network.ResourceTypeDocument {
			b.complaints = append(b.complaints, fmt.Sprintf("status %d for %s", e.Response.Status, e.Response.URL))
		}
	}
}

func remoteText(args []*runtime.RemoteObject) string {
	data, err := json.Marshal(args)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func header(headers network.Headers, name string) (string, bool) {
	for key, value := range headers {
		if strings.EqualFold(key, name) {
			return fmt.Sprint(value), true
		}
	}
	return "", false
}

// settle reports and forgets what has been complained of so far.
func (b *tab) settle(where string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.t.Errorf("%s: %s", where, c)
	}
	b.complaints = nil
	if b.requests == 0 {
		b.t.Errorf("%s: the browser reports no requests, so none was checked", where)
	}
	for _, directive := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} {
		if !strings.Contains(b.policy, directive) || strings.Contains(b.policy, "unsafe") {
			b.t.Errorf("%s: content security policy %q, want it strict and with %q", where, b.policy, directive)
		}
	}
}

func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v; the page is %q", what, err, b.where())
	}
}

// where is the present address, for messages.
func (b *tab) where() string {
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		return err.Error()
	}
	return at
}

// visit loads an address and returns the answer's status.
func (b *tab) visit(path string) int {
	b.t.Helper()
	resp, err := chromedp.Run(b.ctx, chromedp.NavigateResponse(b.base+path))
	if err != nil {
		b.t.Fatalf("visit %s: %v", path, err)
	}
	return int(resp.Status)
}

// press clicks something that loads a page and waits for it. The selector is CSS.
func (b *tab) press(selector string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("press %s: %v; the page is %q", selector, err, b.where())
	}
}

func (b *tab) back() {
	b.t.Helper()
	b.do("go back", chromedp.NavigateBack())
}

func (b *tab) fill(selector, value string) {
	b.t.Helper()
	b.do("fill in "+selector, chromedp.SetValue(chromedp.CSS(selector), value))
}

func (b *tab) tabKey() {
	b.t.Helper()
	b.do("press Tab", chromedp.KeyEvent(kb.Tab))
}

func (b *tab) enterKey() {
	b.t.Helper()
	b.do("press Enter", chromedp.KeyEvent(kb.Enter))
}

// enterLoads presses Enter on something that loads a page and waits for it.
func (b *tab) enterLoads() {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		b.t.Fatalf("press Enter: %v; the page is %q", err, b.where())
	}
}

// keys types into what has the focus.
func (b *tab) keys(text string) {
	b.t.Helper()
	b.do("type "+text, chromedp.KeyEvent(text))
}

// drag drags with the mouse and waits for the page that the drop loads.
// Both elements must fit in the window.
func (b *tab) drag(from, to string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.DragAndDrop(chromedp.CSS(from), chromedp.CSS(to))); err != nil {
		b.t.Fatalf("drag %s to %s: %v; the page is %q", from, to, err, b.where())
	}
}

// await waits until a script's value is true.
func (b *tab) await(what, script string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](script, chromedp.WithPollingTimeout(patience))); err != nil {
		b.t.Fatalf("wait until %s: %v; the page is %q", what, err, b.where())
	}
}

// ask evaluates a script. DevTools scripts are not subject to the page's
// content security policy, so that can stay strict.
func ask[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("ask %.80s: %v; the page is %q", script, err, b.where())
	}
	return v
}

func (b *tab) size(width, height int64) {
	b.t.Helper()
	b.do("resize", chromedp.EmulateViewport(width, height))
}

// scheme is what the device prefers: "light" or "dark". Motion is off: axe must
// not measure a colour half way.
func (b *tab) scheme(name string) {
	b.t.Helper()
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		b.t.Fatal(err)
	}
}

// language sets the cookie that the language button sets.
func (b *tab) language(code string) {
	b.t.Helper()
	u, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	cookie := network.SetCookieParams{Name: "lang", Value: code, Domain: u.Hostname(), Path: "/"}
	if _, err := chromedp.Call(b.ctx, network.SetCookie, cookie); err != nil {
		b.t.Fatal(err)
	}
}

// as gives the tab the session of a visitor.
func (b *tab) as(v *visitor) {
	b.t.Helper()
	u, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range v.client.Jar.Cookies(u) {
		cookie := network.SetCookieParams{Name: c.Name, Value: c.Value, Domain: u.Hostname(), Path: "/"}
		if _, err := chromedp.Call(b.ctx, network.SetCookie, cookie); err != nil {
			b.t.Fatal(err)
		}
	}
}

// picture is a PNG of what the window shows.
func (b *tab) picture() []byte {
	b.t.Helper()
	shot, err := chromedp.Call(b.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng})
	if err != nil {
		b.t.Fatal(err)
	}
	return shot.Data
}

var axeScript = sync.OnceValues(func() (string, error) {
	script, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		return "", err
	}
	if sum := sha256.Sum256(script); hex.EncodeToString(sum[:]) != axeHash {
		return "", fmt.Errorf("testdata/axe.min.js is not axe-core 4.14.1: SHA-256 %x", sum)
	}
	return string(script), nil
})

// violation is one rule a page breaks, with the elements that break it.
type violation struct {
	ID    string
	Help  string
	Nodes []struct {
		HTML    string
		Summary string
	}
}

// What axe is to look for: everything, or what another colour scheme may break.
const (
	everyRule   = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`
	colourRules = `{type: "rule", values: ["color-contrast", "link-in-text-block"]}`
)

const axeRun = `axe.run(document, {runOnly: %s, resultTypes: ["violations"]})
.then(r => JSON.stringify(r.violations.map(v => ({ID: v.id, Help: v.help,
	Nodes: v.nodes.map(n => ({HTML: n.html, Summary: n.failureSummary}))}))))`

// axe checks the page as it stands by some rules of WCAG 2.2 AA.
func (b *tab) axe(rules string) []violation {
	b.t.Helper()
	script, err := axeScript()
	if err != nil {
		b.t.Fatal(err)
	}
	if !ask[bool](b, "typeof axe === 'object'") {
		b.do("load axe", chromedp.Steps(chromedp.Evaluate[chromedp.Void](script+";undefined")))
	}
	var found []violation
	if err := json.Unmarshal([]byte(ask[string](b, fmt.Sprintf(axeRun, rules))), &found); err != nil {
		b.t.Fatal(err)
	}
	return found
}
