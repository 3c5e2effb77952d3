package clients_test

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The program itself, with the demonstration: every invitation of its first
// wave, as it leaves by SMTP, must mean the same to every parser.
func TestEveryInvitationOfTheDemonstrationIsReadAlike(t *testing.T) {
	t.Parallel()
	office := openPostOffice(t, false, nil)
	p := startProgram(t, nil, "--staff", "400", "--plan-seconds", "2", "--mails-per-minute", "100000", "--mails-per-day", "100000",
		"--smtp", fmt.Sprintf("127.0.0.1:%d", office.port), "--smtp-security", "none")
	link := p.await(`href="(/waves/publish\?wave=[^"]+)"`, "/waves") // until the plan is made
	p.submit(link, "/waves/publish")
	for count := -1; count < len(office.letters(t)); time.Sleep(time.Second) { // the cron may be at it too
		count = len(office.letters(t))
		p.submit("/outbox", "/outbox/run")
	}
	var samples []sample
	for _, l := range office.letters(t) {
		if l.method == "" {
			continue // no invitation
		}
		if l.object != l.file || !strings.Contains(strings.ReplaceAll(l.object, "\r\n ", ""), ":mailto:"+l.to+"\r\n") {
			t.Errorf("the mail to %s invites somebody else, or in two ways:\n%s", l.to, l.object)
		}
		samples = append(samples, sample{name: "the mail to " + l.to, body: l.object})
	}
	if len(samples) < 50 {
		t.Fatalf("%d invitations of a wave, want one for every seat", len(samples))
	}
	expectAgreement(t, samples)
}

// expectAgreement compares what the parsers read with each other.
func expectAgreement(t *testing.T, samples []sample) {
	t.Helper()
	var first []reading
	for _, p := range readers(t) {
		list := p.readAll(t, samples)
		for i, r := range list {
			if len(r.Errors) > 0 || len(r.Events) != 1 || r.Events[0].Attendees != 1 {
				t.Errorf("%s finds %d events and errors %q in %s\n%s", p.name, len(r.Events), r.Errors, samples[i].name, samples[i].body)
			} else if first != nil && !reflect.DeepEqual(r.Events, first[i].Events) {
				t.Errorf("%s reads %+v in %s; another parser %+v", p.name, r.Events, samples[i].name, first[i].Events)
			}
		}
		first = list
	}
}

// program is Kaskad as it is built, with a coordinator signed in.
type program struct {
	t      *testing.T
	base   string
	client *http.Client
}

func startProgram(t *testing.T, environment []string, args ...string) *program {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "kaskad")
	if out, err := exec.Command("go", "build", "-o", binary, "kaskad/server").CombinedOutput(); err != nil {
		t.Fatalf("the program does not build: %v\n%s", err, out)
	}
	cmd := exec.Command(binary, append([]string{"--addr", "127.0.0.1:0", "--data", t.TempDir()}, args...)...)
	said, says, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout = says
	launch(t, cmd, environment)
	says.Close()
	t.Cleanup(func() { said.Close() })
	link := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(said)
		for lines.Scan() {
			if f := strings.Fields(lines.Text()); len(f) == 2 && f[0] == "coordinator" {
				link <- f[1]
			}
		}
	}()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, client: &http.Client{Jar: jar, Timeout: patience}}
	select {
	case signIn := <-link:
		base, token, _ := strings.Cut(signIn, "/sign-in/")
		p.base = base
		p.submit("/sign-in/"+token, "/sign-in/"+token)
	case <-time.After(patience):
		t.Fatal("the program does not say where it is")
	}
	return p
}

func (p *program) page(path string) string {
	p.t.Helper()
	return p.answer(p.client.Get(p.base + path))
}

// submit sends the form of a page that goes to an address, as it stands there.
func (p *program) submit(path, action string) {
	p.t.Helper()
	form := p.find(`(?s)<form[^>]* action="`+regexp.QuoteMeta(action)+`"[^>]*>(.*?)</form>`, p.page(path))
	sent := url.Values{}
	for _, m := range regexp.MustCompile(`name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
		sent.Set(m[1], html.UnescapeString(m[2]))
	}
	p.answer(p.client.PostForm(p.base+action, sent))
}

// find is the first group of a pattern in a page.
func (p *program) find(pattern, page string) string {
	p.t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(page)
	if m == nil {
		p.t.Fatalf("there is no %s on\n%s", pattern, page)
	}
	return html.UnescapeString(m[1])
}

func (p *program) answer(resp *http.Response, err error) string {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: status %d, %v\n%s", resp.Request.URL, resp.StatusCode, err, body)
	}
	return string(body)
}

// await asks for a page until it holds a pattern, whose first group it returns.
func (p *program) await(pattern, path string) string {
	p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(p.page(path)); m != nil {
			return html.UnescapeString(m[1])
		}
	}
	p.t.Fatalf("%s never shows %s", path, pattern)
	return ""
}
