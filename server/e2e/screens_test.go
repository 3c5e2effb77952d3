package e2e_test

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// screens is where the README's pictures go:
//
//	go test ./server/e2e -run TestScreens -count=1 -screens ../../docs/img
var screens = flag.String("screens", "", "take the README's pictures of the whole demonstration into this folder")

// screen is one picture: a page as one kind of user sees it, in light or dark.
type screen struct {
	name, path, user, scheme string
	width, height            int64
}

// pictures are taken in this order: the first wave is published when the leader
// comes on, who would have nothing to show before.
var pictures = []screen{
	{"publish", "/waves/publish?wave=w1", "coordinator", "light", 1280, 800},
	{"publish-phone", "/waves/publish?wave=w1", "coordinator", "light", 390, 844},
	{"my", "/my", "leader", "light", 1280, 800},
	{"my-phone", "/my", "leader", "light", 390, 844},
	{"overview", "/overview", "coordinator", "light", 1280, 1010},
	{"overview-phone", "/overview", "coordinator", "dark", 390, 844},
	{"map", "/map?colour=coverage&area=1446&week=40", "coordinator", "light", 1280, 1180},
	{"map-venues", "/map?show=venues&venue=v016", "coordinator", "dark", 1280, 1180},
	{"map-phone", "/map?colour=travel", "coordinator", "light", 390, 844},
	{"plan", "/plan", "coordinator", "light", 1280, 1010},
	{"plan-phone", "/plan", "coordinator", "dark", 390, 844},
	{"waves", "/waves", "coordinator", "light", 1280, 1010},
	{"timetable", "/timetable", "coordinator", "light", 1280, 1010},
	{"seminars", "/seminars", "coordinator", "light", 1280, 800},
	{"seminars-phone", "/seminars", "coordinator", "dark", 390, 844},
	{"reports", "/reports", "coordinator", "light", 1280, 1010},
	{"reports-mix", "/reports?about=mix", "coordinator", "dark", 1280, 1010},
	{"reports-phone", "/reports?about=leaders", "coordinator", "light", 390, 844},
}

// TestScreens takes the README's pictures when asked to with -screens, and
// otherwise one of the sign-in page, so that the taking itself is tested.
func TestScreens(t *testing.T) {
	t.Parallel()
	size, seconds, list := "400", "3", []screen{{"sign-in", "/sign-in", "", "light", 1280, 800}}
	dir := t.TempDir()
	if *screens != "" {
		size, seconds, list, dir = "4000", "60", pictures, *screens
	}
	p := serve(t, t.TempDir(), "--staff", size, "--plan-seconds", seconds)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	awaitFirstPlan(t, p)
	tabs := map[string]*tab{"": b}
	for _, s := range list {
		if tabs[s.user] == nil {
			tabs[s.user] = photographed(t, p, s.user)
		}
		takePicture(t, tabs[s.user], s, filepath.Join(dir, s.name+".png"))
	}
}

// photographed is a tab of somebody who has something to show.
func photographed(t *testing.T, p *program, user string) *tab {
	t.Helper()
	b, _ := openTab(t, p.base())
	link := p.links["coordinator"]
	if user == "leader" {
		coordinator := signIn(t, p, mailedLink(t, p, coordinatorEmail))
		publish(t, coordinator)
		runInvites(t, coordinator)
		link = mailedLink(t, p, someLeaders(t, byFile(outbox(t, p))).to)
	}
	b.enter(link)
	if user == "coordinator" {
		b.visit("/overview")
		b.press("button[name=guide]") // the first steps are for the first day
	}
	return b
}

func takePicture(t *testing.T, b *tab, s screen, file string) {
	t.Helper()
	b.language("en")
	b.scheme(s.scheme)
	b.size(s.width, s.height)
	if status := b.visit(s.path); status != 200 {
		t.Fatalf("%s: status %d", s.path, status)
	}
	// The note that mails are files names a folder of the machine the picture is taken on.
	ask[bool](b, `document.querySelectorAll("main .callout.info").forEach(x => x.remove()), true`)
	data := b.picture()
	shot, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	if got := shot.Bounds(); got.Dx() != int(s.width) || got.Dy() != int(s.height) {
		t.Errorf("the picture of %s is %d × %d px, want %d × %d", s.path, got.Dx(), got.Dy(), s.width, s.height)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
