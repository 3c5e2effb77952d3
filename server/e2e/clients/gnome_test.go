package clients_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// gnome is evolution-data-server, which keeps the calendars of GNOME.
type gnome struct{ *helper }

func (g gnome) subscribe(t *testing.T, address string) {
	t.Helper()
	g.ask(t, map[string]any{"do": "subscribe", "url": address})
}

func (g gnome) refresh(t *testing.T) {
	t.Helper()
	g.ask(t, map[string]any{"do": "refresh"})
}

func (g gnome) receive(t *testing.T, l letter) {
	t.Helper()
	g.ask(t, map[string]any{"do": "receive", "object": l.object})
}

func (g gnome) again(t *testing.T, l letter) {
	t.Helper()
	g.receive(t, l)
}

func (g gnome) feed(t *testing.T) []entry {
	t.Helper()
	return g.ask(t, map[string]any{"do": "entries", "calendar": "feed"}).Entries
}

func (g gnome) own(t *testing.T) []entry {
	t.Helper()
	return g.ask(t, map[string]any{"do": "entries", "calendar": "own"}).Entries
}

func TestGNOMEFollowsTheStories(t *testing.T) {
	t.Parallel()
	if err := haveGNOME(); err != nil {
		missing(t, err)
		return
	}
	for name, tale := range stories {
		t.Run(name, func(t *testing.T) { follow(t, tale, openGNOME(t), everything) })
	}
}

func openGNOME(t *testing.T) gnome {
	t.Helper()
	home := t.TempDir()
	var environment []string
	for _, name := range []string{"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"} {
		folder := filepath.Join(home, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		environment = append(environment, name+"="+folder)
	}
	environment = append(environment, "HOME="+home, "GSETTINGS_BACKEND=memory")
	return gnome{start(t, environment, "dbus-run-session", "--", debianPython, "testdata/eds.py")}
}

func haveGNOME() error {
	const ask = "import gi\ngi.require_version('EDataServer', '1.2')\ngi.require_version('ECal', '2.0')\ngi.require_version('ICalGLib', '3.0')"
	_, noBus := exec.LookPath("dbus-run-session")
	_, noServer := os.Stat("/usr/libexec/evolution-calendar-factory")
	_, complaint, noBinding := run(exec.Command(debianPython, "-c", ask))
	if err := errors.Join(noBus, noServer, noBinding); err != nil {
		return fmt.Errorf("evolution-data-server: %w %s", err, complaint)
	}
	return nil
}
