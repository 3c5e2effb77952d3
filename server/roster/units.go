package roster

import (
	"fmt"
	"slices"
	"strings"

	"kaskad/model"
)

// unit is where somebody works: found by its id, else by its name; a new one is
// made when the row says in which municipality it lies and its sector can be told.
func (c *comparer) unit(row *Row) *model.Unit {
	id, name := c.cell(row, UnitID), c.cell(row, UnitName)
	if i, known := c.byUnit[id]; known {
		return &c.r.Problem.Units[i]
	}
	if id == "" && name == "" {
		c.fault(row, c.one(UnitName), model.Errorf(model.Invalid, "import.no-unit", "the unit is missing"))
		return nil
	}
	area, areaKnown := c.area(row)
	for _, u := range c.units[plainName(name)] {
		if name != "" && (!areaKnown || u.Area == area.Code) {
			return u
		}
	}
	if id != "" { // a unit of this file that came before
		for i := range c.out.Units {
			if c.out.Units[i].ID == id {
				return &c.out.Units[i]
			}
		}
	}
	if !areaKnown {
		if c.cell(row, Municipality) != "" {
			c.fault(row, Municipality, model.Errorf(model.Invalid, "import.no-area", "there is no such municipality; write its name or its four-digit code"))
		} else {
			c.fault(row, c.one(UnitName), model.Errorf(model.Invalid, "import.unknown-unit", "there is no such unit, and the row does not say in which municipality it lies; add a column with the municipality, or write the name as in Kaskad"))
		}
		return nil
	}
	sector := c.sector(row, name)
	if sector == "" {
		c.fault(row, c.one(Sector), model.Errorf(model.Invalid, "import.no-sector", "the unit is new and its sector cannot be told; add a column with the sector: %s", strings.Join(c.r.Problem.Sectors, ", ")))
		return nil
	}
	return c.newUnit(id, name, c.cell(row, Employer), sector, area)
}

func (c *comparer) newUnit(id, name, employer, sector string, area Area) *model.Unit {
	if name == "" {
		name = id
	}
	for n := len(c.out.Units) + 1; id == ""; n++ {
		if made := fmt.Sprintf("e%04d", n); !c.unitTaken(made) {
			id = made
		}
	}
	u := model.Unit{ID: id, Name: name, Employer: employer, Sector: sector, Area: area.Code, Lat: area.Lat, Lon: area.Lon, Wave: c.waveOf(area.Code)}
	// Earlier answers point into the list, so it must not move.
	if c.out.Units == nil {
		c.out.Units = make([]model.Unit, 0, len(c.s.Rows))
	}
	c.out.Units = append(c.out.Units, u)
	added := &c.out.Units[len(c.out.Units)-1]
	if name != "" {
		c.units[plainName(name)] = append(c.units[plainName(name)], added)
	}
	return added
}

func (c *comparer) unitTaken(id string) bool {
	_, known := c.byUnit[id]
	return known || slices.ContainsFunc(c.out.Units, func(u model.Unit) bool { return u.ID == id })
}

// waveOf is the wave of most of a municipality's units.
func (c *comparer) waveOf(area string) string {
	count, best := map[string]int{}, ""
	for i := range c.r.Problem.Units {
		if u := &c.r.Problem.Units[i]; u.Area == area {
			count[u.Wave]++
		}
	}
	for _, w := range c.r.Problem.Waves {
		if count[w.ID] > count[best] {
			best = w.ID
		}
	}
	return best
}

// area is the row's municipality: by code, by name with or without "kommun"
// and the genitive's s, or by the employer's name.
func (c *comparer) area(row *Row) (Area, bool) {
	for _, text := range []string{c.cell(row, Municipality), c.cell(row, Employer)} {
		plain := plainName(text)
		if plain == "" {
			continue
		}
		for _, a := range c.r.Areas {
			name := plainName(a.Name)
			for _, form := range []string{a.Code, name, name + "kommun", name + "skommun", name + "stad", name + "sstad"} {
				if plain == form {
					return a, true
				}
			}
		}
	}
	return Area{}, false
}

// sectorWords tell a sector by words in what a row says of unit and employer.
var sectorWords = []struct {
	sector string
	words  []string
}{
	{"primary", []string{"vårdcentral", "primärvård", "närhälsan", "rehabmottagning"}},
	{"hospital", []string{"sjukhus", "lasarett", "hospital", "akutmottagning"}},
	{"municipal", []string{"kommun", "stad", "hemtjänst", "äldreboende", "särskiltboende", "hemsjukvård", "gruppbostad", "lss"}},
}

// sector is one of the programme's: as the row names it, or by words that give it away.
func (c *comparer) sector(row *Row, unit string) string {
	sectors := c.r.Problem.Sectors
	if said := c.cell(row, Sector); said != "" {
		for _, s := range sectors {
			if plainName(s) == plainName(said) {
				return s
			}
		}
	}
	text := plainName(c.cell(row, Sector) + " " + unit + " " + c.cell(row, Employer))
	for _, s := range sectorWords {
		if slices.Contains(sectors, s.sector) && slices.ContainsFunc(s.words, func(w string) bool { return strings.Contains(text, w) }) {
			return s.sector
		}
	}
	if len(sectors) == 1 {
		return sectors[0]
	}
	return ""
}
