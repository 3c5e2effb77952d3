package e2e_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary is the program under test, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(withBinary(m.Run))
}

func withBinary(run func() int) int {
	dir, err := os.MkdirTemp("", "kaskad-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary, first.data = filepath.Join(dir, "kaskad"), filepath.Join(dir, "planned")
	build := exec.Command("go", "build", "-o", binary, "kaskad/server")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "the program does not build: %v\n%s", err, out)
		return 1
	}
	defer func() { closeBrowser() }() // it becomes another when the browser starts
	return run()
}

const (
	patience = 2 * time.Minute  // until the program is up, or has done what it was asked
	farewell = 10 * time.Second // for a clean stop, as the README promises
)

// coordinatorEmail signs in as a coordinator by mail.
const coordinatorEmail = "samordning@direkt.example.org"

// program is a running Kaskad.
type program struct {
	t     *testing.T
	cmd   *exec.Cmd
	addr  string            // host:port
	links map[string]string // one-time sign-in links by who they are for
	data  string            // its data folder
	log   *lockedBuffer     // standard error
	over  chan struct{}     // closed when the process has ended
}

// serve starts the program on a data folder and waits until it says where it is.
func serve(t *testing.T, data string, args ...string) *program {
	t.Helper()
	p := &program{t: t, data: data, links: map[string]string{}, log: &lockedBuffer{}, over: make(chan struct{})}
	args = append([]string{"--addr", "127.0.0.1:0", "--data", data, "--staff", "400", "--plan-seconds", "3",
		"--coordinators", coordinatorEmail}, args...)
	p.cmd = exec.Command(binary, args...)
	p.cmd.Stderr = p.log
	p.cmd.Env = quietEnvironment()
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	greeted := make(chan struct{})
	go p.follow(bufio.NewScanner(out), greeted)
	select {
	case <-greeted:
	case <-p.over:
		t.Fatalf("the program ended at once:\n%s", p.log)
	case <-time.After(patience):
		t.Fatalf("the program said nothing in %s:\n%s", patience, p.log)
	}
	return p
}

// quietEnvironment is this one without Kaskad's own settings.
func quietEnvironment() []string {
	var env []string
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "KASKAD_") {
			env = append(env, pair)
		}
	}
	return env
}

var (
	addressLine = regexp.MustCompile(`^Kaskad is running at http://(\S+)$`)
	linkLine    = regexp.MustCompile(`^  (\S.*?)\s+(http://\S+)$`)
)

// follow reads standard output to its end, then waits for the process.
func (p *program) follow(lines *bufio.Scanner, greeted chan<- struct{}) {
	for lines.Scan() {
		if m := addressLine.FindStringSubmatch(lines.Text()); m != nil {
			p.addr = m[1]
		} else if m := linkLine.FindStringSubmatch(lines.Text()); m != nil {
			p.links[m[1]] = m[2]
		} else if strings.Contains(lines.Text(), "mail") {
			close(greeted) // the last line before the empty one
			break
		}
	}
	for lines.Scan() {
	}
	p.cmd.Wait() // how it ended is in ProcessState
	close(p.over)
}

func (p *program) base() string { return "http://" + p.addr }

// stop asks the program to end, as a service manager does, and returns its exit code.
func (p *program) stop() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	select {
	case <-p.over:
	case <-time.After(farewell):
		p.t.Fatalf("the program does not stop within %s of SIGTERM:\n%s", farewell, p.log)
	}
	return p.cmd.ProcessState.ExitCode()
}

// kill ends the program as a power cut would.
func (p *program) kill() {
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Error(err)
	}
	<-p.over
}

// again starts the program anew on the same folder and address: calendars hold
// the address, so a restart that moved would not be one.
func (p *program) again() *program {
	p.t.Helper()
	next := serve(p.t, p.data, "--addr", p.addr)
	if next.addr != p.addr {
		p.t.Fatalf("restarted at %s, want %s", next.addr, p.addr)
	}
	return next
}

// eventually waits for a condition of the world outside this process, and asks
// for it less and less often.
func eventually(t *testing.T, within time.Duration, what string, happened func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	for pause := 20 * time.Millisecond; !happened(); pause = min(2*time.Second, pause*11/10) {
		select {
		case <-ctx.Done():
			t.Fatalf("not within %s: %s", within, what)
		case <-time.After(pause):
		}
	}
}

// takenPort listens on a port of its own until the test ends.
func takenPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
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
