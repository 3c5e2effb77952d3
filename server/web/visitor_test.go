package web_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp/fasthttputil"
)

// answer is what came back, whole.
type answer struct {
	asked  string // method and address
	status int
	header http.Header
	body   string
}

// ask sends a request as it stands: method, address, body, and headers as
// name, value, …. The address may hold bytes that no browser would send.
func (v *visitor) ask(method, address, body string, headers ...string) answer {
	v.site.t.Helper()
	req, err := http.NewRequestWithContext(v.site.t.Context(), method, base+"/", strings.NewReader(body))
	v.site.must(err)
	req.RequestURI = address
	req.Header.Set("Content-Length", strconv.Itoa(len(body)))
	req.Header.Set("Accept-Language", "en")
	for name, value := range v.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	octets, err := httputil.DumpRequest(req, true)
	v.site.must(err)
	return v.exchange(req, string(octets))
}

func (v *visitor) read(asked string, resp *http.Response) answer {
	v.site.t.Helper()
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	v.site.must(err)
	for _, c := range resp.Cookies() {
		v.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	return answer{asked: asked, status: resp.StatusCode, header: resp.Header, body: string(data)}
}

// raw sends octets that are perhaps no request.
func (v *visitor) raw(octets string) answer {
	v.site.t.Helper()
	first, _, _ := strings.Cut(octets, "\r\n")
	return v.exchange(&http.Request{Method: http.MethodGet, RequestURI: first}, octets)
}

// exchange sends octets over a connection of its own and reads the one answer.
func (v *visitor) exchange(req *http.Request, octets string) answer {
	v.site.t.Helper()
	conn := v.site.dial()
	defer conn.Close()
	go io.WriteString(conn, octets) // the server may answer before it has read all
	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
	v.site.must(err)
	return v.read(req.Method+" "+req.RequestURI, resp)
}

// dial is a connection to the running server.
func (s *site) dial() net.Conn {
	s.t.Helper()
	if s.listener == nil {
		s.listener = &listener{InmemoryListener: fasthttputil.NewInmemoryListener()}
		over := make(chan struct{})
		go func() {
			defer close(over)
			if err := s.web.Listen(s.listener); err != nil {
				s.t.Error(err)
			}
		}()
		s.t.Cleanup(func() {
			// A shutdown that finds anything open yet looks again after a tenth of a second.
			s.must(s.listener.Close())
			<-over
			time.Sleep(time.Millisecond)
			s.must(s.web.Shutdown(context.Background()))
		})
	}
	conn, err := s.listener.Dial()
	s.must(err)
	return conn
}

// listener may be closed again.
type listener struct {
	*fasthttputil.InmemoryListener
	once sync.Once
}

func (l *listener) Close() (err error) {
	l.once.Do(func() { err = l.InmemoryListener.Close() })
	return err
}

func (v *visitor) get(address string, headers ...string) answer {
	v.site.t.Helper()
	return v.ask(http.MethodGet, address, "", headers...)
}

// post sends a form as it stands, without a form token of the page's.
func (v *visitor) post(address string, form url.Values) answer {
	v.site.t.Helper()
	return v.ask(http.MethodPost, address, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

// submit sends a form as a browser does that has loaded a page first.
func (v *visitor) submit(address string, form url.Values) answer {
	v.site.t.Helper()
	sent := url.Values{"csrf": {v.formToken()}}
	for name, values := range form {
		sent[name] = values
	}
	return v.post(address, sent)
}

var formField = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

// formToken is what the pages of this visitor put into their forms.
func (v *visitor) formToken() string {
	v.site.t.Helper()
	page := v.get("/accessibility")
	m := formField.FindStringSubmatch(page.body)
	if m == nil {
		v.site.t.Fatalf("%s has no form token", page.asked)
	}
	return m[1]
}

// field is the value of a hidden field of a page.
func (a answer) field(name string) string {
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(a.body)
	if m == nil {
		return ""
	}
	return m[1]
}

func (v *visitor) expect(a answer, status int, contains ...string) answer {
	v.site.t.Helper()
	if a.status != status {
		v.site.t.Fatalf("%s = %d, want %d\n%s", a.asked, a.status, status, words(a.body))
	}
	for _, want := range contains {
		if !strings.Contains(words(a.body), want) {
			v.site.t.Errorf("%s does not say %q:\n%s", a.asked, want, words(a.body))
		}
	}
	return a
}

// leads expects a redirect.
func (v *visitor) leads(a answer, to string) {
	v.site.t.Helper()
	if where := a.header.Get("Location"); a.status != http.StatusSeeOther || where != to {
		v.site.t.Errorf("%s = %d to %q, want 303 to %q\n%s", a.asked, a.status, where, to, words(a.body))
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// words is what a reader sees of a page, roughly.
func words(markup string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(markup, " ")), " ")
}
