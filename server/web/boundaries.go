package web

import (
	"context"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/boundary"
	"kaskad/server/demo"
	"kaskad/server/programme"
	"kaskad/ui"
	"kaskad/ui/regionmap"
)

const (
	// boundaryBytes is the most that boundaries take compressed. The page says
	// each path once for the colour and once for the pattern, side by side, so
	// the second costs little.
	boundaryBytes = 36_000
	// longestSource is the most characters of who boundaries are from.
	longestSource = 80
)

// drawing is the map with its boundaries, drawn once for each version of them.
type drawing struct {
	version    string
	shapes     *regionmap.Map
	boundaries *ui.Boundaries // nil: schematic
}

// drawing asks the store each time: another server may have changed the boundaries.
func (s *Server) drawing(ctx context.Context) (*drawing, error) {
	kept, version, err := s.Programme.Boundaries(ctx)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		return &drawing{shapes: s.region}, nil
	}
	if d := s.drawn.Load(); d != nil && d.version == version {
		return d, nil
	}
	shapes := regionmap.Boundaries{}
	d := &drawing{version: version, boundaries: &ui.Boundaries{Source: kept.Source, At: kept.At, Points: kept.Areas.Points(), Areas: len(kept.Areas)}}
	for code, rings := range kept.Areas {
		for _, r := range rings {
			shapes[code] = append(shapes[code], r)
		}
	}
	for _, m := range demo.Municipalities() {
		if len(kept.Areas[m.Code]) == 0 {
			d.boundaries.Missing = append(d.boundaries.Missing, m.Name)
		}
	}
	slices.Sort(d.boundaries.Missing)
	if d.shapes, err = drawRegion(shapes); err != nil {
		return nil, err
	}
	s.drawn.Store(d)
	return d, nil
}

// boundaries tells where the map's shapes come from and takes in others.
func (s *Server) boundaries(v *visit) error { return s.showBoundaries(v, "SCB", nil) }

func (s *Server) showBoundaries(v *visit, source string, refused error) error {
	page := ui.BoundariesPage{Source: source}
	if refused != nil {
		sentence, ok := s.sentence(v, refused)
		if !ok {
			return refused
		}
		page.Error = sentence
		v.Status(fiber.StatusUnprocessableEntity)
	}
	d, err := s.drawing(v.UserContext())
	if err != nil {
		return err
	}
	page.Now = d.boundaries
	return s.show(v, page)
}

// takeBoundaries draws the map with the boundaries of a file.
func (s *Server) takeBoundaries(v *visit) error {
	source := strings.TrimSpace(v.FormValue("source"))
	if !utf8.ValidString(source) {
		source = ""
	}
	kept, err := s.readBoundaries(v, source)
	if err != nil {
		return s.showBoundaries(v, source, err)
	}
	if err := s.Programme.KeepBoundaries(v.UserContext(), kept); err != nil {
		return err
	}
	return s.back(v, "/map/boundaries", ui.Success, s.text(v, "boundary.done", "n", len(kept.Areas)))
}

func (s *Server) readBoundaries(v *visit, source string) (*programme.Boundaries, error) {
	if source == "" || utf8.RuneCountInString(source) > longestSource {
		return nil, model.Errorf(model.Invalid, "boundary.bad-source", "say in at most %d characters who the boundaries are from", longestSource)
	}
	header, err := v.FormFile("file")
	if err != nil {
		return nil, model.Errorf(model.Invalid, "import.no-file", "choose a file")
	}
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(file) // no more than a request may hold
	if err != nil {
		return nil, err
	}
	var wanted []boundary.Place
	for _, m := range demo.Municipalities() {
		wanted = append(wanted, boundary.Place{Code: m.Code, Name: m.Name, Lat: m.Lat, Lon: m.Lon})
	}
	areas, err := boundary.Read(data, wanted)
	if err != nil {
		return nil, err
	}
	return &programme.Boundaries{Source: source, At: s.Programme.Now(), By: v.user.Actor().Person, Areas: boundary.Fit(areas, boundaryBytes)}, nil
}

// removeBoundaries makes the map schematic again.
func (s *Server) removeBoundaries(v *visit) error {
	if err := s.Programme.DropBoundaries(v.UserContext()); err != nil {
		return err
	}
	return s.back(v, "/map/boundaries", ui.Info, s.text(v, "boundary.removed"))
}
