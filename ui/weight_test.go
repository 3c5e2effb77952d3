package ui_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"path"
	"testing"

	"kaskad/ui"
	"kaskad/ui/gallery"
)

// heaviest is the most a page may weigh with all it loads, compressed: some
// seconds on the slow line of a rural care unit.
const heaviest = 150_000

// packed is how many bytes a file is on the wire, if what serves it compresses.
func packed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestPagesAreLight(t *testing.T) {
	shared := 0 // the first page brings every style sheet and script
	root := path.Dir(ui.AssetURL("app.css"))[len(ui.StaticPrefix):]
	err := fs.WalkDir(ui.Static(), root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f, err := ui.Static().Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		shared += packed(t, data)
		return err
	})
	if err != nil || shared == 0 {
		t.Fatalf("static files: %d bytes, %v", shared, err)
	}
	eachSample(t, func(t *testing.T, html string, _ gallery.Sample) {
		if n := shared + packed(t, []byte(html)); n > heaviest {
			t.Errorf("%d bytes, want at most %d", n, heaviest)
		}
	})
	t.Logf("styles, scripts and icons: %d bytes", shared)
}
