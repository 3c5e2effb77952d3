package web

import (
	"cmp"
	"slices"
	"strings"

	"kaskad/model"
	"kaskad/ui"
)

// listed is the rows of a page of the register: as many as stay quick to load and to audit.
const listed = 100

// listing is one list of the register: its columns and its filters.
type listing[T any] struct {
	kind    ui.RegisterKind
	rows    []T // in the order shown when nothing else is asked for
	search  func(*T) string
	href    func(*T) string
	columns []column[T]
	filters []filter[T]
}

// column is one column: how its cell is written and what it is sorted by.
type column[T any] struct {
	ui.Column
	cell  func(*T) ui.Cell
	order func(a, b *T) int
}

// filter is one choice above a list. Nobody calls fits with an empty value.
type filter[T any] struct {
	ui.Select
	fits func(x *T, value string) bool
}

// usual, spare and number are the sorts of columns there are.
func usual(key string) ui.Column  { return ui.Column{Key: key, Usual: true} }
func spare(key string) ui.Column  { return ui.Column{Key: key} }
func number(key string) ui.Column { return ui.Column{Key: key, Usual: true, Number: true} }

// ask reads what the address asks of the list.
func (l *listing[T]) ask(v *visit) ui.Register {
	page := ui.Register{Kind: l.kind, Query: v.Query("q"), Sort: v.Query("sort")}
	chosen := map[string]bool{}
	for _, value := range v.Request().URI().QueryArgs().PeekMulti("cols") {
		for key := range strings.SplitSeq(string(value), ",") {
			chosen[key] = key != ""
		}
	}
	for _, c := range l.columns {
		c.Shown = c.Fixed || len(chosen) == 0 && c.Usual || chosen[c.Key]
		page.Columns = append(page.Columns, c.Column)
	}
	for _, f := range l.filters {
		f.Value = v.Query(f.Name)
		page.Selects = append(page.Selects, f.Select)
	}
	return page
}

// find is every row that fits, in the order asked for.
func (l *listing[T]) find(page ui.Register) []*T {
	words := strings.Fields(strings.ToLower(page.Query))
	var found []*T
	for i := range l.rows {
		if x := &l.rows[i]; l.fits(x, words, page.Selects) {
			found = append(found, x)
		}
	}
	key, falling := strings.CutPrefix(page.Sort, "-")
	at := slices.IndexFunc(l.columns, func(c column[T]) bool { return c.Key == key })
	if at < 0 {
		return found
	}
	order := l.columns[at].order
	if falling {
		order = func(a, b *T) int { return l.columns[at].order(b, a) }
	}
	slices.SortStableFunc(found, order)
	return found
}

func (l *listing[T]) fits(x *T, words []string, selects []ui.Select) bool {
	for i, s := range selects {
		if s.Value != "" && !l.filters[i].fits(x, s.Value) {
			return false
		}
	}
	text := l.search(x)
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// cells are those of the shown columns.
func (l *listing[T]) cells(page ui.Register, x *T) []ui.Cell {
	var list []ui.Cell
	for i, c := range page.Columns {
		if c.Shown {
			list = append(list, l.columns[i].cell(x))
		}
	}
	return list
}

// showList answers with one page of a list.
func showList[T any](s *Server, v *visit, l *listing[T]) error {
	page := l.ask(v)
	found := l.find(page)
	page.Total = len(found)
	var shown []*T
	page.Pager, shown = pagedBy(v, found, listed)
	for _, x := range shown {
		page.Rows = append(page.Rows, ui.RegisterRow{Href: l.href(x), Cells: l.cells(page, x)})
	}
	var err error
	if page.Views, err = s.views(v, l.kind); err != nil {
		return err
	}
	if v.Get("HX-Request") == "true" {
		return s.part(v, "results", page)
	}
	return s.show(v, page)
}

// by sorts by a number, then leaves the order as it is.
func by[T any](value func(*T) int) func(a, b *T) int {
	return func(a, b *T) int { return cmp.Compare(value(a), value(b)) }
}

// byText sorts texts that need no alphabet: addresses and codes.
func byText[T any](value func(*T) string) func(a, b *T) int {
	return func(a, b *T) int { return strings.Compare(value(a), value(b)) }
}

// byNext sorts by the start of the next seminar; without one comes last.
func byNext[T any](next func(*T) *card) func(a, b *T) int {
	return func(a, b *T) int {
		x, y := next(a), next(b)
		switch {
		case x == nil || y == nil:
			return cmp.Compare(b2i(x == nil), b2i(y == nil))
		default:
			return x.start.Compare(y.start)
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func numberCell(n int) ui.Cell { return ui.Cell{Kind: ui.NumberCell, N: n} }

func nextCell(c *card) ui.Cell {
	cell := ui.Cell{Kind: ui.DateCell}
	if c != nil {
		cell.At = c.start
	}
	return cell
}

func (s *Server) waveCell(v *visit, b *board, wave string) ui.Cell {
	return ui.Cell{Kind: ui.WaveCell, N: b.waves[wave], Text: s.waveName(v, v.state, wave)}
}

// The choices that several lists offer.

func (s *Server) chooseArea(v *visit, b *board) ui.Select {
	sel := ui.Select{Name: "area", Label: s.text(v, "register.col.area"), All: s.text(v, "register.all-areas")}
	for _, a := range b.areas {
		sel.Options = append(sel.Options, ui.Option{Value: a.code, Label: a.name})
	}
	return sel
}

func (s *Server) chooseWave(v *visit) ui.Select {
	sel := ui.Select{Name: "wave", Label: s.text(v, "wave"), All: s.text(v, "register.all-waves")}
	for _, w := range v.state.Roster.Problem.Waves {
		sel.Options = append(sel.Options, ui.Option{Value: w.ID, Label: s.waveName(v, v.state, w.ID)})
	}
	return withChoice(sel, noWave, s.text(v, "wave.none"))
}

func (s *Server) chooseSector(v *visit) ui.Select {
	sel := ui.Select{Name: "sector", Label: s.text(v, "register.col.sector"), All: s.text(v, "register.all-sectors")}
	for _, sector := range v.state.Roster.Problem.Sectors {
		sel = withChoice(sel, sector, s.sectorName(v, sector))
	}
	return sel
}

func withChoice(sel ui.Select, value, label string) ui.Select {
	sel.Options = append(sel.Options, ui.Option{Value: value, Label: label})
	return sel
}

// inWave tells whether a unit belongs to the wave a filter asks for.
func inWave(u *unitEntry, value string) bool {
	return u != nil && (u.Wave == value || value == noWave && u.Wave == "")
}

// partOf is the part a person has in the programme.
func partOf(x *model.Person) string {
	switch {
	case x.Leads != nil:
		return "leader"
	case x.Tier != "":
		return "staff"
	}
	return "other"
}
