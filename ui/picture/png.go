package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// sharpness is how many points of a PNG there are to a unit: print and projectors need two.
const sharpness = 2

// PNG is the picture as points.
func (p *Picture) PNG() ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, p.Width*sharpness, p.Height*sharpness))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	faces := faces{}
	for _, s := range p.shapes {
		if s.text == "" {
			to := image.Rect(s.x*sharpness, s.y*sharpness, (s.x+s.w)*sharpness, (s.y+s.h)*sharpness)
			draw.Draw(img, to, image.NewUniform(parse(s.fill)), image.Point{}, draw.Src)
			continue
		}
		face, err := faces.of(s.style, sharpness)
		if err != nil {
			return nil, err
		}
		pen := font.Drawer{Dst: img, Src: image.NewUniform(parse(s.style.ink())), Face: face, Dot: fixed.P(s.x*sharpness, s.y*sharpness)}
		if s.style.End {
			pen.Dot.X -= pen.MeasureString(plain(s.text))
		}
		pen.DrawString(plain(s.text))
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed} // these pictures are large and even
	if err := encoder.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Wide is how many units a text takes when it is set in a style.
func Wide(text string, style Style) int {
	face, err := faces{}.of(style, 1)
	if err != nil {
		return 0
	}
	return font.MeasureString(face, plain(text)).Ceil()
}

// plain has ordinary spaces: fonts may lack the others.
func plain(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

// parse reads "#rrggbb"; what is anything else is black.
func parse(hex string) color.RGBA {
	c := color.RGBA{A: 0xff}
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		return color.RGBA{A: 0xff}
	}
	return c
}

// fonts are read once: regular and bold.
var fonts = sync.OnceValues(func() (list [2]*opentype.Font, err error) {
	for i, data := range [][]byte{goregular.TTF, gobold.TTF} {
		if list[i], err = opentype.Parse(data); err != nil {
			return list, err
		}
	}
	return list, nil
})

// faces are the fonts in the sizes of one picture. They are not shared: a face may
// serve one goroutine at a time.
type faces map[Style]font.Face

func (f faces) of(style Style, scale int) (font.Face, error) {
	key := Style{Size: style.size() * scale, Bold: style.Bold}
	if face := f[key]; face != nil {
		return face, nil
	}
	list, err := fonts()
	if err != nil {
		return nil, err
	}
	weight := list[0]
	if style.Bold {
		weight = list[1]
	}
	face, err := opentype.NewFace(weight, &opentype.FaceOptions{Size: float64(key.Size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	f[key] = face
	return face, nil
}
