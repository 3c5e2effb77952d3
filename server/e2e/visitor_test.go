package e2e_test

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// visitor is somebody with a web client that follows no redirects and runs no
// scripts, so that a test sees every answer.
type visitor struct {
	t      *testing.T
	base   string
	client *http.Client
	csrf   string // of the last page with a form
}

func newVisitor(t *testing.T, p *program) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, base: p.base(), client: &http.Client{
		Jar: jar, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// signIn is a visitor who has used a one-time link.
func signIn(t *testing.T, p *program, link string) *visitor {
	t.Helper()
	v := newVisitor(t, p)
	address, ok := strings.CutPrefix(link, v.base)
	if !ok {
		t.Fatalf("the sign-in link %q does not lead to %s", link, v.base)
	}
	v.page(address)
	if status, where := v.post(address, nil); status != http.StatusSeeOther || where != "/" {
		t.Fatalf("using the sign-in link: status %d, led to %q; want 303 to /", status, where)
	}
	return v
}

var formToken = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

// get fetches an address in English and returns status, headers and body.
func (v *visitor) get(path string, headers ...string) (*http.Response, string) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.base+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Accept-Language", "en")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if m := formToken.FindStringSubmatch(string(body)); m != nil {
		v.csrf = m[1]
	}
	return resp, string(body)
}

// page fetches a page that must be there.
func (v *visitor) page(path string) string {
	v.t.Helper()
	resp, body := v.get(path)
	if resp.StatusCode != http.StatusOK {
		v.t.Fatalf("GET %s: status %d, want 200\n%s", path, resp.StatusCode, text(body))
	}
	return body
}

// post sends a form with the token of the last page, and returns where it leads.
func (v *visitor) post(path string, form url.Values) (status int, where string) {
	v.t.Helper()
	status, where, err := v.tryPost(path, form)
	if err != nil {
		v.t.Fatal(err)
	}
	return status, where
}

// tryPost may be called from any goroutine, and while the program is killed.
func (v *visitor) tryPost(path string, form url.Values) (status int, where string, err error) {
	sent := url.Values{"csrf": {v.csrf}}
	for k, values := range form {
		sent[k] = values
	}
	resp, err := v.client.PostForm(v.base+path, sent)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, resp.Header.Get("Location"), err
}

// flash is what the next page says of what was just done: its kind, such as
// "success", and the sentence. Reading it uses it up.
func (v *visitor) flash(path string) (kind, sentence string) {
	v.t.Helper()
	m := regexp.MustCompile(`(?s)<div class="callout (\w+)" role="status">(.*?)</div>`).FindStringSubmatch(v.page(path))
	if m == nil {
		v.t.Fatalf("%s says nothing of what was just done", path)
	}
	return m[1], text(m[2])
}

// figure is the number of one of a page's figures, found by its label's key.
func figure(t *testing.T, page, key string) int {
	t.Helper()
	label := english(t, key)
	m := regexp.MustCompile(`(?s)<dt>` + regexp.QuoteMeta(label) + `</dt>\s*<dd><span class="figure">([^<]*)</span>`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("the page shows no figure called %q", label)
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, m[1])
	n, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatalf("%q is %q, no number", label, m[1])
	}
	return n
}

var tag = regexp.MustCompile(`<[^>]*>`)

// text is what a reader sees of some HTML, roughly.
func text(markup string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(markup, " "))), " ")
}

var englishTexts = sync.OnceValues(func() (map[string]any, error) {
	files, err := filepath.Glob("../../ui/lang/en/*.json")
	if err != nil {
		return nil, err
	}
	texts := map[string]any{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &texts); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return texts, nil
})

// english is one of the user interface's texts, so that a test follows its wording.
func english(t *testing.T, key string) string {
	t.Helper()
	texts, err := englishTexts()
	if err != nil {
		t.Fatal(err)
	}
	s, ok := texts[key].(string)
	if !ok {
		t.Fatalf("there is no text %q", key)
	}
	return s
}
