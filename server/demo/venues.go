package demo

import (
	"fmt"
	"math"
	"math/rand/v2"

	"kaskad/model"
)

// venuesFor is how many venues a municipality offers: two for the ordinary
// one, fewer per head in cities, where one venue serves many. A municipality
// with too few participants for a seminar of its own sends them to a neighbour.
func venuesFor(people int) int {
	if people < 8 {
		return 0
	}
	return max(1, int(math.Round(0.12*math.Pow(float64(people), 0.7))))
}

// addVenues finds rooms at hospitals, folk high schools and municipal halls.
// The first towns of a very small demonstration get a venue each in any case.
func (b *builder) addVenues() {
	r := dice(b.o.Seed, venueDice)
	for i, t := range b.towns {
		sites := venueSites(r, t.municipality)
		count := venuesFor(t.staff + t.leaders)
		if b.o.Staff < wholeRegion && t.staff > 0 {
			count = max(count, 1)
		}
		for n := range count {
			site := sites[n%len(sites)]
			name := site.name
			if room := n / len(sites); room > 0 {
				name = fmt.Sprintf("%s, sal %d", site.name, room+1)
			}
			v := model.Venue{
				ID: fmt.Sprintf("v%03d", len(b.venues)+1), Name: name, Lat: site.at.lat, Lon: site.at.lon,
				Capacity: []int{12, 14, 16, 18, 20, 20, 24, 24, 30}[r.IntN(9)],
				Rooms:    1 + pick(r, []int{4, 1}),
				Closed:   b.closedDays(r),
			}
			if n == 0 {
				v.Capacity = max(v.Capacity, 20) // every municipality can seat a full group
			}
			if r.IntN(4) > 0 {
				v.Calendar = calendarID(openings[r.IntN(len(openings))], 0)
			}
			b.venues = append(b.venues, v)
			b.venueTown = append(b.venueTown, i)
		}
	}
}

// venueSites lists the places of a municipality that have rooms to lend: the
// municipal hall first, but in small ones the folk high school if there is one.
func venueSites(r *rand.Rand, m municipality) []place {
	hall := "Kommunhuset, " + m.seat
	if m.population > 35_000 {
		hall = "Stadshuset, " + m.seat
	}
	sites := []place{{name: hall, at: near(r, m.at, 0.3)}}
	for _, s := range known.schools {
		if s.code == m.code && m.population < 20_000 {
			sites = append([]place{s}, sites...)
		}
	}
	for _, h := range known.hospitals {
		if h.code == m.code {
			sites = append(sites, place{name: "Föreläsningssalen, " + h.name, at: h.at})
		}
	}
	for _, s := range known.schools {
		if s.code == m.code && m.population >= 20_000 {
			sites = append(sites, s)
		}
	}
	for _, l := range known.localities {
		if l.code == m.code {
			sites = append(sites, place{name: "Medborgarhuset, " + l.name, at: near(r, l.at, 0.3)})
		}
	}
	for _, name := range []string{"Biblioteket, ", "Folkets hus, ", "Räddningstjänstens utbildningssal, "} {
		sites = append(sites, place{name: name + m.seat, at: near(r, m.at, 0.3+spread(m.population)/2)})
	}
	return sites
}

// closedDays are the times in each wave when the room is taken: a whole week
// for one wave in three, else a day or two.
func (b *builder) closedDays(r *rand.Rand) []model.Interval {
	var closed []model.Interval
	for _, w := range b.waves {
		if r.IntN(3) == 0 {
			closed = append(closed, b.weekOff(r, w))
			continue
		}
		for range 1 + r.IntN(2) {
			closed = append(closed, dayOff(r, w))
		}
	}
	return model.Joined(closed)
}
