package clients_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// client is a calendar program with a subscription and a calendar of its own.
type client interface {
	// subscribe makes the program read a feed from now on.
	subscribe(t *testing.T, address string)
	// refresh asks it to read the feed anew. What comes of it may come later.
	refresh(t *testing.T)
	// receive gives it a mailed message, as when its user opens the mail and
	// takes in what it says.
	receive(t *testing.T, l letter)
	// again gives it a message that it has had, as mail servers sometimes do.
	again(t *testing.T, l letter)
	// feed and own list what the program has in its two calendars.
	feed(t *testing.T) []entry
	own(t *testing.T) []entry
}

// follow lives through a story with a client as Anna's, and compares after
// each chapter. shown is what of a line the program shows.
func follow(t *testing.T, tale []chapter, c client, shown func(line string) string) *stage {
	t.Helper()
	s := newStage(t, nil)
	c.subscribe(t, s.feedOf("anna"))
	var cancellations []letter
	for _, chapter := range tale {
		s.tell(chapter)
		c.refresh(t)
		for _, l := range s.box.taken(t) {
			if l.to == address("anna") && l.object != "" {
				c.receive(t, l)
				if l.method == "CANCEL" {
					cancellations = append(cancellations, l)
				}
			}
		}
		s.eventually(chapter.name+": the subscription", shownLines(chapter.feed, shown), func() []string { return shownLines(s.lines(c.feed(t)), shown) })
		s.eventually(chapter.name+": the own calendar", shownLines(chapter.own, shown), func() []string { return shownLines(s.lines(c.own(t)), shown) })
	}
	// A cancellation that comes late or twice must not hit a seat given back since.
	for _, l := range cancellations {
		c.again(t, l)
	}
	last := tale[len(tale)-1]
	s.eventually("the own calendar after late cancellations", shownLines(last.own, shown), func() []string { return shownLines(s.lines(c.own(t)), shown) })
	return s
}

func shownLines(lines []string, shown func(string) string) []string {
	var list []string
	for _, line := range lines {
		list = append(list, shown(line))
	}
	slices.Sort(list)
	return list
}

func everything(line string) string { return line }

// eventually waits until a program shows what it should.
func (s *stage) eventually(what string, want []string, shows func() []string) {
	s.t.Helper()
	for end := time.Now().Add(settling); ; time.Sleep(50 * time.Millisecond) {
		got := shows()
		if slices.Equal(got, want) {
			return
		}
		if time.Now().After(end) {
			expectLines(s.t, what, got, want)
			s.t.FailNow() // the later chapters would only say it again
		}
	}
}

// settling is how long a program may take until it shows what it has read.
const settling = time.Minute

// helper is a program that answers each line of JSON with one.
type helper struct {
	cmd *exec.Cmd
	in  io.Writer
	out *bufio.Reader
}

// start runs a helper until the test ends.
func start(t *testing.T, environment []string, command string, args ...string) *helper {
	t.Helper()
	h := &helper{cmd: exec.Command(command, args...)}
	in, err := h.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	h.in, h.out = in, bufio.NewReader(out)
	launch(t, h.cmd, environment)
	return h
}

// launch runs a program until the test ends, in a process group of its own, so
// that what it has started ends with it.
func launch(t *testing.T, cmd *exec.Cmd, environment []string) {
	t.Helper()
	cmd.Env = append(os.Environ(), environment...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var said lockedBuffer
	cmd.Stderr = &said
	if cmd.Stdout == nil {
		cmd.Stdout = &said
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		cmd.Wait() // how it ended says nothing: it was killed
		if t.Failed() {
			words := said.String()
			t.Logf("%s said last:\n%s", cmd.Path, words[max(0, len(words)-lastWords):])
		}
	})
}

// lastWords are the bytes of a program's complaints worth showing.
const lastWords = 2000

// ask puts a question and returns the answer's entries and its label.
func (h *helper) ask(t *testing.T, question map[string]any) answer {
	t.Helper()
	line, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(patience, func() { syscall.Kill(-h.cmd.Process.Pid, syscall.SIGKILL) })
	defer stuck.Stop()
	if _, err := h.in.Write(append(line, '\n')); err != nil {
		t.Fatalf("asking %v: %v", question["do"], err)
	}
	reply, err := h.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("asked to %v, the program ends: %v", question["do"], err)
	}
	var a answer
	if err := json.Unmarshal(reply, &a); err != nil {
		t.Fatalf("asked to %v: %v\n%s", question["do"], err, reply)
	}
	if a.Error != "" {
		t.Fatalf("asked to %v: %s", question["do"], a.Error)
	}
	return a
}

type answer struct {
	Entries []entry
	Label   string // what the program tells its user of a message
	Error   string
}

// lockedBuffer takes what a process writes while a test reads it.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
