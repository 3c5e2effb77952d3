package web_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/store"
)

// ends waits until the planner is at rest.
func (s *site) ends() {
	s.t.Helper()
	news, stop := s.service.Planner.Watch()
	defer stop()
	for {
		if run, ok := s.service.Planner.Current(); !ok || run.Finished {
			return
		}
		<-news
	}
}

// works waits until the planner improves a plan.
func (s *site) works() {
	s.t.Helper()
	news, stop := s.service.Planner.Watch()
	defer stop()
	for {
		if run, ok := s.service.Planner.Current(); ok && (run.Finished || run.Progress.Stage == "improve") {
			return
		}
		<-news
	}
}

func TestThePlannerPages(t *testing.T) {
	s := loaded(t)
	v := s.signedIn(coordinator)
	v.expect(v.get("/plan"), http.StatusOK, "Not planning")
	for _, seconds := range []string{"", "0", "-1", "3601", "1e3", "60 ", "\xff", strings.Repeat("9", 400)} {
		v.expect(v.submit("/plan/start", url.Values{"seconds": {seconds}}), http.StatusUnprocessableEntity, "Give between 1 and 3,600 seconds.")
	}
	v.expect(v.submit("/plan/use", nil), http.StatusConflict, "There is no new plan to use.")
	v.leads(v.submit("/plan/stop", nil), "/plan")
	// By this clock, which stands still, the run has no end of its own.
	v.leads(v.submit("/plan/start", url.Values{"seconds": {"3600"}}), "/plan")
	s.works()
	v.expect(v.get("/plan"), http.StatusOK, "Planning", "Stop")
	v.expect(v.submit("/plan/start", url.Values{"seconds": {"5"}}), http.StatusConflict, "Planning is under way already.")
	v.leads(v.submit("/plan/stop", nil), "/plan")
	s.ends()
	s.service.Planner.Stop()
	v.expect(v.get("/plan"), http.StatusOK, "The plan is ready", "Travel")
	if s.service.State().Draft == nil {
		t.Fatal("the programme's first plan is not its draft")
	}
	first := s.service.State().Draft.Ref
	v.leads(v.submit("/plan/start", url.Values{"seconds": {"3600"}}), "/plan")
	s.works()
	if v.leads(v.submit("/plan/stop", nil), "/plan"); s.service.State().Draft.Ref != first {
		t.Error("a plan that nobody has used has become the draft")
	}
	page := v.expect(v.get("/plan"), http.StatusOK, "The plan is ready")
	if !strings.Contains(page.body, `action="/plan/use"`) {
		t.Error("a plan that waits is not offered")
	}
	v.leads(v.submit("/plan/use", nil), "/plan")
	if page := v.get("/plan"); strings.Contains(page.body, `action="/plan/use"`) {
		t.Error("a plan in use is offered again")
	}
	v.expect(v.submit("/plan/use", nil), http.StatusConflict)
}

func TestAPlanThatCannotBeKeptIsNotLost(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	v.leads(v.submit("/plan/start", url.Values{"seconds": {"3600"}}), "/plan")
	v.leads(v.submit("/plan/stop", nil), "/plan")
	s.store.Inject(func(method, _ string) store.Fault {
		if method == "PutBlob" {
			return store.LoseRequest
		}
		return store.NoFault
	})
	v.expect(v.submit("/plan/use", nil), http.StatusInternalServerError, "Reference:")
	s.store.Inject(func(string, string) store.Fault { return store.NoFault })
	v.leads(v.submit("/plan/use", nil), "/plan")
}

// stream opens the planner's events and reads the first.
func (v *visitor) stream() (*bufio.Reader, func()) {
	v.site.t.Helper()
	conn := v.site.dial()
	cookie := "__Host-kaskad=" + v.cookies["__Host-kaskad"]
	fmt.Fprintf(conn, "GET /plan/events HTTP/1.1\r\nHost: kaskad\r\nAccept-Language: en\r\nCookie: %s\r\n\r\n", cookie)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	v.site.must(err)
	if kind := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || kind != "text/event-stream" {
		v.site.t.Fatalf("the stream is %d of %s", resp.StatusCode, kind)
	}
	return bufio.NewReader(resp.Body), func() { conn.Close() }
}

// event reads one server-sent event.
func event(t *testing.T, stream *bufio.Reader) (name, data string) {
	t.Helper()
	for {
		line, err := stream.ReadString('\n')
		if err != nil {
			return "", data
		}
		line = strings.TrimSuffix(line, "\n")
		if value, ok := strings.CutPrefix(line, "event: "); ok {
			name = value
		} else if value, ok := strings.CutPrefix(line, "data: "); ok {
			data += value + "\n"
		} else if line == "" {
			return name, data
		} else {
			t.Fatalf("%q is no line of an event", line)
		}
	}
}

func TestProgressIsStreamed(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	idle, done := v.stream()
	if name, _ := event(t, idle); name != "progress" {
		t.Errorf("the first event is %q, want progress", name)
	}
	if name, _ := event(t, idle); name != "over" {
		t.Errorf("with the planner at rest the second event is %q, want over", name)
	}
	done()
	v.leads(v.submit("/plan/start", url.Values{"seconds": {"3600"}}), "/plan")
	stream, done := v.stream()
	defer done()
	name, data := event(t, stream)
	if name != "progress" || !strings.HasPrefix(data, `<section id="progress"`) || !strings.Contains(data, "Planning") || !strings.Contains(data, v.formToken()) {
		t.Errorf("the first event is %q with %.200s", name, data)
	}
	v.leads(v.submit("/plan/stop", nil), "/plan")
	last := ""
	for name != "" {
		last = name
		name, _ = event(t, stream)
	}
	if last != "over" {
		t.Errorf("the last event is %q, want over", last)
	}
}

// running counts the goroutines that have a function of this name on their stack.
func running(function string) int {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	n := 0
	for goroutine := range strings.SplitSeq(string(stacks), "\n\n") {
		if strings.Contains(goroutine, function) {
			n++
		}
	}
	return n
}

func TestStreamsEndWithTheServer(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	v.leads(v.submit("/plan/start", url.Values{"seconds": {"3600"}}), "/plan")
	var streams []*bufio.Reader
	for range 3 {
		stream, done := v.stream()
		defer done()
		event(t, stream)
		streams = append(streams, stream)
	}
	v.ask(http.MethodHead, "/plan/events", "") // starts a stream nobody reads
	s.must(s.web.Shutdown(t.Context()))
	s.must(s.web.Shutdown(t.Context()))
	for _, stream := range streams {
		for name := "progress"; name != ""; {
			name, _ = event(t, stream)
		}
	}
	s.service.Planner.Stop()
	for range 1000 {
		if running("(*Server).stream") == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d streams go on after the server has ended", running("(*Server).stream"))
}

func TestAFaultInProgressEndsThatStreamOnly(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	v.leads(v.submit("/plan/start", url.Values{"seconds": {"3600"}}), "/plan")
	s.clock.broken("(*Server).stream")
	stream, done := v.stream()
	defer done()
	if name, _ := event(t, stream); name != "" {
		t.Errorf("a stream that broke down sends %q", name)
	}
	s.clock.broken("")
	v.expect(v.get("/plan"), http.StatusOK)
	s.clock.broken("(*Server).overview")
	a := v.expect(v.get("/overview"), http.StatusInternalServerError, "Reference:")
	if strings.Contains(a.body, "broken clock") {
		t.Error("a fault of ours is shown to users")
	}
	s.clock.broken("")
	v.expect(v.get("/overview"), http.StatusOK)
}

func TestARunThatFailsSaysSo(t *testing.T) {
	s := loaded(t)
	v := s.signedIn(coordinator)
	s.clock.broken("scheduler.")
	v.leads(v.submit("/plan/start", url.Values{"seconds": {"60"}}), "/plan")
	s.ends()
	s.service.Planner.Stop()
	v.expect(v.get("/plan"), http.StatusOK, "Planning was ended by a fault.")
	s.clock.broken("")
	if _, err := s.service.Do(t.Context(), coordinator.Actor(), model.RotateFeed{Person: "anna"}); err != nil {
		t.Errorf("after a failed run the programme stands still: %v", err)
	}
}
