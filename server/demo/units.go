package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"kaskad/model"
)

// unit is a workplace in the making. Unit numbers start at 1.
type unit struct {
	name, employer, sector string
	town, wave             int
	at                     point
	staff, leaders         int
	maxAway                int
}

// workplace is where units may be: a care home, a centre, a hospital.
type workplace struct {
	name, employer string
	at             point
}

// Shares of the participants by sector: assumptions of the programme model.
var sectorShares = []float64{55, 15, 30}

// Staff per unit that take part, on average and at most.
const (
	municipalUnit = 14
	primaryUnit   = 10
	hospitalUnit  = 18
	minUnit       = 5
	maxUnit       = 40
)

func (b *builder) addUnits() {
	r := dice(b.o.Seed, unitDice)
	bySector := Share(b.o.Staff, sectorShares)
	population := make([]float64, len(b.towns))
	centres := make([]float64, len(b.towns))
	sites := make([][]hospital, len(b.towns))
	employees := make([]float64, len(b.towns))
	for i, t := range b.towns {
		population[i] = float64(t.population)
		centres[i] = float64(len(centresOf(t.code)))
		for _, h := range known.hospitals {
			if h.code == t.code {
				sites[i] = append(sites[i], h)
				employees[i] += float64(h.employees)
			}
		}
	}
	municipalStaff := Share(bySector[0], population)
	primaryStaff := Share(bySector[1], centres)
	hospitalStaff := Share(bySector[2], employees)
	for i := range b.towns {
		b.addMunicipal(r, i, municipalStaff[i])
		b.addPrimary(r, i, primaryStaff[i])
		b.addHospitals(r, i, sites[i], hospitalStaff[i])
	}
	for _, u := range b.units {
		b.towns[u.town].staff += u.staff
	}
}

func centresOf(code string) []centre {
	var list []centre
	for _, c := range known.centres {
		if c.code == code {
			list = append(list, c)
		}
	}
	return list
}

// unitSizes divides staff into units of 5 to 40 around a mean, unequal as real
// workplaces are (log-normal). Fewer than 5 staff make one small unit.
func unitSizes(r *rand.Rand, staff, mean int) []int {
	if staff == 0 {
		return nil
	}
	count := max(1, (staff+mean/2)/mean, (staff+maxUnit-1)/maxUnit)
	if staff < count*minUnit {
		count = max(1, staff/minUnit)
	}
	weights := make([]float64, count)
	for i := range weights {
		weights[i] = math.Exp(0.5 * r.NormFloat64())
	}
	base := min(minUnit, staff/count)
	sizes := Share(staff-base*count, weights)
	for i := range sizes {
		sizes[i] += base
	}
	for i := range sizes {
		for sizes[i] > maxUnit {
			smallest := 0
			for j := range sizes {
				if sizes[j] < sizes[smallest] {
					smallest = j
				}
			}
			sizes[smallest]++
			sizes[i]--
		}
	}
	return sizes
}

// place puts units of the given sizes at the workplaces in turn; a workplace
// with several units numbers them as teams.
func (b *builder) place(town int, sector string, sizes []int, places []workplace) {
	for i, size := range sizes {
		p := places[i%len(places)]
		name := p.name
		if len(sizes) > len(places) && (i >= len(places) || i+len(places) < len(sizes)) {
			name = fmt.Sprintf("%s, team %d", p.name, i/len(places)+1)
		}
		b.units = append(b.units, unit{
			name: name, employer: p.employer, sector: sector,
			town: town, wave: b.towns[town].wave, at: p.at, staff: size,
		})
	}
}

// addMunicipal spreads home care and care homes over the seat and the larger
// localities; about one unit in ten is run by a private provider.
func (b *builder) addMunicipal(r *rand.Rand, town, staff int) {
	t := b.towns[town]
	sizes := unitSizes(r, staff, municipalUnit)
	anchors := []place{{name: t.seat, at: t.at}, {name: t.seat, at: t.at}}
	for _, l := range known.localities {
		if l.code == t.code {
			anchors = append(anchors, l)
		}
	}
	names := careNames(r)
	places := make([]workplace, min(len(sizes), len(names)))
	for i := range places {
		anchor := anchors[r.IntN(len(anchors))]
		employer := municipalEmployer(t.name)
		if r.IntN(10) == 0 {
			employer = "Privat utförare, " + t.name
		}
		places[i] = workplace{name: names[i] + ", " + anchor.name, employer: employer, at: near(r, anchor.at, spread(t.population))}
	}
	b.place(town, municipal, sizes, places)
}

// spread is how far from a locality's centre its workplaces lie, in kilometres.
func spread(population int) float64 {
	return 0.8 + 2.2*min(1, float64(population)/100_000)
}

// careNames shuffles the made-up names of municipal units of one municipality.
func careNames(r *rand.Rand) []string {
	var names []string
	for _, area := range strings.Fields("Norr Söder Öster Väster Centrum Kullen Strand") {
		names = append(names, "Hemtjänsten "+area)
	}
	names = append(names, "Nattpatrullen", "Hemsjukvården", "Korttidsboendet Linden", "Dagverksamheten Mötesplatsen")
	for _, home := range strings.Fields("Solgläntan Ekbacken Björkhöjd Ängsgården Lindgården Åkerhöjd Rosenlund Tallgården " +
		"Solhaga Kvarnbacken Fridhem Hagalund Lövhagen Skogsgläntan Bergsliden Kastanjen Almhöjd Sjöglimten Källgården Ringblomman") {
		names = append(names, "Äldreboendet "+home)
	}
	for _, home := range strings.Fields("Blåklinten Smultronet Vallmon Kornblixten Måsen Lärkan") {
		names = append(names, "Gruppbostaden "+home)
	}
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names
}

// municipalEmployer is the municipality's name as its staff write it.
func municipalEmployer(name string) string {
	switch name {
	case "Göteborg":
		return "Göteborgs Stad"
	case "Borås":
		return "Borås Stad"
	case "Mölndal", "Trollhättan":
		return name + "s stad"
	case "Orust":
		return "Orust kommun"
	}
	if strings.ContainsRune("aeiouyåäösx", []rune(name)[len([]rune(name))-1]) {
		return name + " kommun"
	}
	return name + "s kommun"
}

func (b *builder) addPrimary(r *rand.Rand, town, staff int) {
	t := b.towns[town]
	centres := centresOf(t.code)
	sizes := unitSizes(r, staff, primaryUnit)
	r.Shuffle(len(centres), func(i, j int) { centres[i], centres[j] = centres[j], centres[i] })
	places := make([]workplace, min(len(sizes), len(centres)))
	for i := range places {
		c := centres[i]
		places[i] = workplace{name: c.name, employer: "Västra Götalandsregionen, Närhälsan", at: c.at}
		if c.operator != "Närhälsan" {
			places[i].employer = c.name
		}
		if !c.exact {
			places[i].at = near(r, c.at, spread(t.population))
		}
	}
	b.place(town, primary, sizes, places)
}

var wards = []string{
	"Akutmottagningen", "Medicinavdelning 51", "Medicinavdelning 52", "Kirurgavdelning 31", "Kirurgavdelning 32",
	"Ortopedavdelning 41", "Geriatrikavdelning 61", "Strokeenheten", "Hjärtavdelningen", "Infektionsavdelningen",
	"Intensivvårdsavdelningen", "Barn- och ungdomsavdelningen", "Kvinnosjukvården", "Dialysmottagningen",
	"Medicinmottagningen", "Kirurgmottagningen", "Ögonmottagningen", "Öron-näsa-halsmottagningen", "Hudmottagningen",
	"Röntgenavdelningen", "Operationsavdelningen", "Uppvakningsavdelningen", "Rehabiliteringsavdelningen",
	"Neurologavdelningen", "Onkologmottagningen", "Urologavdelningen", "Lungavdelningen", "Palliativa enheten",
	"Patientservice", "Endoskopimottagningen",
}

func (b *builder) addHospitals(r *rand.Rand, town int, sites []hospital, staff int) {
	employees := make([]float64, len(sites))
	for i, s := range sites {
		employees[i] = float64(s.employees)
	}
	for i, n := range Share(staff, employees) {
		site := sites[i]
		names := slices.Clone(wards)
		r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		places := make([]workplace, len(names))
		for j, name := range names {
			places[j] = workplace{name: name + ", " + site.name, employer: "Västra Götalandsregionen, " + site.group, at: site.at}
		}
		sizes := unitSizes(r, n, hospitalUnit)
		b.place(town, hospitals, sizes, places[:min(len(sizes), len(places))])
	}
}

// limitAbsence sets how many of a unit may be away at once: one in a small
// unit, two to about 22 people, then three. Everyone's four modules and the
// leaders' target must take no more than a third of the half-days of the wave,
// so a short wave spares more. A demonstration of one wave has so few units
// that two must be spared everywhere to fill a seminar.
func (b *builder) limitAbsence() {
	for i := range b.units {
		u := &b.units[i]
		switch size := u.staff + u.leaders; {
		case size <= 10:
			u.maxAway = 1
		case size <= 22:
			u.maxAway = 2
		default:
			u.maxAway = 3
		}
		if b.o.Staff < threeWaves {
			u.maxAway = max(u.maxAway, 2)
		}
		halfDays := b.waveSlots[u.wave][1] - b.waveSlots[u.wave][0]
		away := len(moduleIDs)*(u.staff+u.leaders) + b.target()*u.leaders
		u.maxAway = max(u.maxAway, (3*away+halfDays-1)/halfDays)
	}
}

func unitID(index int) string { return fmt.Sprintf("u%03d", index+1) }

// modelUnits are the units of the open format, the experts' offices last.
func (b *builder) modelUnits() []model.Unit {
	list := make([]model.Unit, 0, len(b.units)+len(b.usedOffices()))
	for i, u := range b.units {
		list = append(list, model.Unit{
			ID: unitID(i), Name: u.name, Employer: u.employer, Sector: u.sector, Area: b.towns[u.town].code,
			Lat: u.at.lat, Lon: u.at.lon, MaxAway: new(u.maxAway), Wave: b.waves[u.wave].ID,
		})
	}
	for i, o := range b.usedOffices() {
		list = append(list, model.Unit{
			ID: unitID(len(b.units) + i), Name: "Programkontoret, " + o.name, Employer: officeEmployer, Sector: municipal,
			Area: o.code, Lat: o.at.lat, Lon: o.at.lon,
		})
	}
	return list
}
