package picture_test

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"testing"

	"kaskad/ui/picture"
)

func decoded(t testing.TB, p *picture.Picture) image.Image {
	t.Helper()
	data, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestPNGShowsWhatSVGSays(t *testing.T) {
	p := picture.Picture{Width: 100, Height: 40, Title: "Täckning & resor", Text: "Åmål <först>"}
	p.Rect(10, 20, 30, 10, "#1f7a72")
	p.Write(90, 15, "Öckerö", picture.Style{End: true, Bold: true})
	var svg struct {
		Title string   `xml:"title"`
		Desc  string   `xml:"desc"`
		Texts []string `xml:"text"`
	}
	if err := xml.Unmarshal(p.SVG(), &svg); err != nil || svg.Title != p.Title || svg.Desc != p.Text || len(svg.Texts) != 1 || svg.Texts[0] != "Öckerö" {
		t.Errorf("%v, %+v in %s", err, svg, p.SVG())
	}
	img := decoded(t, &p)
	if img.Bounds() != image.Rect(0, 0, 200, 80) {
		t.Errorf("the picture is %v, want two points a unit", img.Bounds())
	}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(img.At(2*x, 2*y)).(color.RGBA) }
	if got := at(25, 25); got != (color.RGBA{0x1f, 0x7a, 0x72, 0xff}) {
		t.Errorf("inside the rectangle it is %v", got)
	}
	for _, outside := range []image.Point{{9, 25}, {40, 25}, {25, 19}, {25, 30}, {95, 10}} {
		if got := at(outside.X, outside.Y); got != (color.RGBA{0xff, 0xff, 0xff, 0xff}) {
			t.Errorf("at %v it is %v, want white", outside, got)
		}
	}
	if left, right := inked(img); left < 2*30 || right > 2*90 || right < 2*85 {
		t.Errorf("the text reaches from %d to %d, want it to end at 180", left, right)
	}
}

// inked is from where to where the upper half has something on it.
func inked(img image.Image) (left, right int) {
	left = img.Bounds().Dx()
	for x := range img.Bounds().Dx() {
		for y := range img.Bounds().Dy() / 2 {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				left, right = min(left, x), max(right, x)
			}
		}
	}
	return left, right
}

// Every letter that names of places and people here have is a glyph of its own.
func TestLettersAreDrawnAsThemselves(t *testing.T) {
	drawn := map[string]rune{}
	for _, letter := range "aäåáâãæAÄÅÆoöøóõOÖØeéèëuüúnñsšzžcčćðđþłßiíïyý–—’”…%×·" {
		p := picture.Picture{Width: 30, Height: 30}
		p.Write(5, 14, string(letter), picture.Style{Size: 16})
		data, err := p.PNG()
		if err != nil {
			t.Fatal(err)
		}
		if left, right := inked(decoded(t, &p)); right <= left {
			t.Errorf("%c is not drawn", letter)
		}
		if other, taken := drawn[string(data)]; taken {
			t.Errorf("%c looks the same as %c", letter, other)
		}
		drawn[string(data)] = letter
	}
}

func TestWideGrowsWithTextAndSize(t *testing.T) {
	short, long := picture.Wide("Åmål", picture.Style{}), picture.Wide("Åmål och Öckerö", picture.Style{})
	large := picture.Wide("Åmål", picture.Style{Size: 26})
	if short <= 0 || long <= short || large < 2*short-2 || large > 2*short+2 {
		t.Errorf("%d, %d and %d units wide", short, long, large)
	}
}

func BenchmarkPNG(b *testing.B) {
	p := picture.Picture{Width: 1566, Height: 1438}
	for y := range 50 {
		for x := range 17 {
			p.Rect(x*84, y*26, 83, 25, "#1f7a72")
			p.Write(x*84+76, y*26+18, "100 %", picture.Style{End: true, Ink: "#ffffff"})
		}
	}
	for b.Loop() {
		if _, err := p.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
