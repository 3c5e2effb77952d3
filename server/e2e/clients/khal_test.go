package clients_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// khal is a calendar in the terminal; vdirsyncer keeps its copy of the feed.
type khal struct{ home string }

func TestKhalFollowsTheStories(t *testing.T) {
	t.Parallel()
	_, noKhal := exec.LookPath("khal")
	_, noSync := exec.LookPath("vdirsyncer")
	if err := errors.Join(noKhal, noSync); err != nil {
		missing(t, err)
		return
	}
	for name, tale := range stories {
		t.Run(name, func(t *testing.T) { follow(t, tale, openKhal(t), forTheEye) })
	}
}

func openKhal(t *testing.T) khal {
	t.Helper()
	k := khal{t.TempDir()}
	for _, folder := range []string{"feed", "own", "status"} {
		if err := os.Mkdir(filepath.Join(k.home, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	k.write(t, "khal.conf", strings.ReplaceAll(khalSettings, "HOME", k.home))
	return k
}

// forTheEye is what khal shows of a line: it has no word for SEQUENCE, and what
// vdirsyncer copies from an address on the web gets an identity of its own.
func forTheEye(line string) string { return identity.ReplaceAllString(line, "") }

var identity = regexp.MustCompile(`^\S+ s\d+ `)

func (k khal) write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(k.home, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (k khal) subscribe(t *testing.T, address string) {
	t.Helper()
	k.write(t, "sync.conf", strings.NewReplacer("HOME", k.home, "ADDRESS", address).Replace(syncSettings))
	k.run(t, "vdirsyncer", "discover")
}

func (k khal) refresh(t *testing.T) {
	t.Helper()
	k.run(t, "vdirsyncer", "sync")
}

func (k khal) receive(t *testing.T, l letter) {
	t.Helper()
	k.run(t, "khal", "-c", filepath.Join(k.home, "khal.conf"), "import", "--batch", "-a", "own", k.write(t, "message.ics", l.object))
}

func (k khal) again(t *testing.T, l letter) {
	t.Helper()
	k.receive(t, l)
}

func (k khal) feed(t *testing.T) []entry {
	t.Helper()
	return k.list(t, "feed")
}

// own leaves out what is cancelled: khal takes a cancellation in as an entry.
func (k khal) own(t *testing.T) []entry {
	t.Helper()
	var list []entry
	for _, e := range k.list(t, "own") {
		if e.Status != "CANCELLED" {
			list = append(list, e)
		}
	}
	return list
}

// list asks khal for a calendar's entries of 400 days, each once. They are asked
// for in UTC: khal's wall clocks do not tell the two hours of an autumn night apart.
func (k khal) list(t *testing.T, calendar string) []entry {
	t.Helper()
	const format = "{start-long-full}|{end-long-full}|{status}|{title}|{location}"
	out := k.run(t, "khal", "-c", filepath.Join(k.home, "khal.conf"), "list", "-a", calendar, "--once", "-df", "", "-f", format,
		opening.Format(time.DateOnly), "400d")
	var list []entry
	for line := range strings.Lines(out) {
		f := strings.Split(strings.TrimRight(line, "\n"), "|")
		if len(f) != 5 {
			continue
		}
		list = append(list, entry{Start: seconds(t, f[0]), End: seconds(t, f[1]), Status: strings.TrimSpace(f[2]), Summary: f[3], Location: f[4]})
	}
	return list
}

func seconds(t *testing.T, text string) int64 {
	t.Helper()
	moment, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return moment.Unix()
}

func (k khal) run(t *testing.T, command string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command, args...)
	cmd.Env = append(os.Environ(), "HOME="+k.home, "VDIRSYNCER_CONFIG="+filepath.Join(k.home, "sync.conf"), "LC_ALL=C.UTF-8")
	cmd.Stdin = strings.NewReader("y\ny\ny\n") // to make what is not there yet
	out, complaint, err := run(cmd)
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", fmt.Sprint(command, args), err, out, complaint)
	}
	return out
}

const khalSettings = `[calendars]
[[feed]]
path = HOME/feed
[[own]]
path = HOME/own
[sqlite]
path = HOME/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = Europe/Stockholm
`

const syncSettings = `[general]
status_path = "HOME/status"
[pair kaskad]
a = "remote"
b = "local"
collections = null
conflict_resolution = "a wins"
[storage remote]
type = "http"
url = "ADDRESS"
[storage local]
type = "filesystem"
path = "HOME/feed"
fileext = ".ics"
`
