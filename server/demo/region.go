package demo

import (
	"cmp"
	"slices"

	"kaskad/model"
)

const (
	municipal  = "municipal"
	primary    = "primary"
	hospitals  = "hospital"
	leaderTier = "leaders"
	staffTier  = "staff"
)

// travel: roads in the region are 1.03 to 1.9 times the straight line, median
// about 1.2; 60 km/h and four minutes to park and walk in are estimates.
var travel = model.Travel{Detour: 1.25, KmH: 60, Fixed: 4}

// waveOf is the rollout: the north-west first, then the east, then Göteborg.
// The care-cooperation areas are kept whole, since they share patients.
var waveOf = map[string]int{
	"Fyrbodal": 0, "SIMBA": 0,
	"Skaraborg": 1, "Sjuhärad": 1, "SAMLA": 1,
	"Göteborgsområdet": 2,
}

var waveAreas = []string{"Fyrbodal och SIMBA", "Skaraborg, Sjuhärad och SAMLA", "Göteborgsområdet"}

// waveHubs are the municipalities around which a small demonstration gathers:
// Trollhättan, Borås and Göteborg.
var waveHubs = []string{"1488", "1490", "1480"}

// builder makes one demonstration part by part. Its lists are in a fixed
// order throughout; maps are only looked up, never ranged over.
type builder struct {
	o     Options
	towns []town
	waves []model.Wave
	slots []model.Slot
	// waveSlots are the slots of each wave as a range of indices into slots.
	waveSlots [][2]int
	calendars []model.Calendar
	closed    map[string][]bool // calendar id → slot index → closed
	venues    []model.Venue
	venueTown []int
	units     []unit
	people    []model.Person
	roles     []role // beside people
}

// town is a municipality that takes part.
type town struct {
	municipality
	wave           int
	staff, leaders int
}

func newBuilder(o Options) *builder {
	b := &builder{o: o, closed: map[string][]bool{}}
	count := 1
	if o.Staff >= threeWaves {
		count = len(waveAreas)
	}
	list := terms(o.Start, count)
	b.slots = slotsIn(list)
	for w, t := range list {
		name := t.name
		if count > 1 {
			name += ": " + waveAreas[w]
		}
		b.waves = append(b.waves, model.Wave{ID: "w" + string(rune('1'+w)), Name: name, From: t.from, To: t.to})
		b.waveSlots = append(b.waveSlots, slotRange(b.slots, t))
	}
	b.towns = townsFor(o.Staff, count)
	return b
}

func slotRange(slots []model.Slot, t term) [2]int {
	first := slices.IndexFunc(slots, func(s model.Slot) bool { return !s.Start.Before(t.from) })
	after := first
	for after < len(slots) && slots[after].Start.Before(t.to) {
		after++
	}
	return [2]int{first, after}
}

// townsFor chooses the municipalities of the first waves: all of them for a
// large demonstration, else about one per 20 staff, those nearest to the hubs.
func townsFor(staff, waves int) []town {
	byWave := make([][]town, waves)
	population := make([]float64, waves)
	for _, m := range known.municipalities {
		if w := waveOf[m.area]; w < waves {
			byWave[w] = append(byWave[w], town{municipality: m, wave: w})
			population[w] += float64(m.population)
		}
	}
	if staff < wholeRegion {
		for w, count := range ShareAtLeast(max(staff/20, 3), 2, population) {
			byWave[w] = nearest(byWave[w], waveHubs[w], count)
		}
	}
	return slices.Concat(byWave...)
}

// nearest keeps the count towns nearest to the hub, in the order of their codes.
func nearest(towns []town, hub string, count int) []town {
	centre := towns[slices.IndexFunc(towns, func(t town) bool { return t.code == hub })].at
	byDistance := slices.Clone(towns)
	slices.SortStableFunc(byDistance, func(a, b town) int {
		return cmp.Compare(kilometres(centre, a.at), kilometres(centre, b.at))
	})
	byDistance = byDistance[:min(count, len(byDistance))]
	slices.SortFunc(byDistance, func(a, b town) int { return cmp.Compare(a.code, b.code) })
	return byDistance
}

func kilometres(a, b point) float64 { return model.Kilometres(a.lat, a.lon, b.lat, b.lon) }

func minutes(a, b point) int { return travel.Minutes(a.lat, a.lon, b.lat, b.lon) }
