package web_test

import (
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"kaskad/ui"
)

func TestSheetsAreCompressedForWhoCanReadThem(t *testing.T) {
	s := loaded(t)
	sheet := ui.AssetURL("app.css")
	plain, zipped := s.visitor().get(sheet), s.visitor().get(sheet, "Accept-Encoding", "br, gzip")
	if len(zipped.body)*2 > len(plain.body) || zipped.header.Get("Content-Encoding") != "gzip" || plain.header.Get("Content-Encoding") != "" {
		t.Fatalf("%d bytes plain, %d as %q", len(plain.body), len(zipped.body), zipped.header.Get("Content-Encoding"))
	}
	r, err := gzip.NewReader(strings.NewReader(zipped.body))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(r); err != nil || string(body) != plain.body {
		t.Errorf("the compressed sheet is another: %d bytes of %d, %v", len(body), len(plain.body), err)
	}
	for _, a := range []answer{plain, zipped} {
		if a.header.Get("Vary") != "Accept-Encoding" {
			t.Error("a cache may give the compressed sheet to who cannot read it")
		}
	}
}
