package boundary

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"math"
	"slices"
)

const (
	// finest is the least tolerance, in degrees of latitude: 30 m, a tenth of a
	// pixel on a map of a county.
	finest = 0.00027
	// growth of the tolerance from one try to the next.
	growth = 1.25
	// cosMiddle is the cosine of 58.2° north, so that both axes count alike.
	cosMiddle = 0.526956
	// longest is the most points that are weighed against one another; it
	// bounds the work for boundaries that wind without end.
	longest = 4000
)

// Fit leaves out points until the set takes at most limit bytes compressed. A
// border shared by two municipalities keeps the same points in both, so that no
// gap opens. Islands too small to see go; each municipality keeps its largest ring.
func Fit(s Set, limit int) Set {
	w := weigh(s)
	for tolerance := finest; ; tolerance *= growth {
		fitted := w.keep(s, tolerance)
		// Beyond a degree nothing is left to leave out.
		if size(fitted) <= limit || tolerance > 1 {
			return fitted
		}
	}
}

func size(s Set) int {
	text, err := json.Marshal(s)
	if err != nil {
		return math.MaxInt
	}
	var packed bytes.Buffer
	out, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err != nil {
		return math.MaxInt
	}
	_, _ = out.Write(text) // a buffer takes everything
	_ = out.Close()
	return packed.Len()
}

// spot is a point to a tenth of a metre: what two files' borders share.
type spot struct{ x, y int32 }

func spotOf(p [2]float64) spot {
	return spot{int32(math.Round(p[0] * 1e6)), int32(math.Round(p[1] * 1e6))}
}

func (a spot) before(b spot) bool { return a.x < b.x || a.x == b.x && a.y < b.y }

// weights say up to which tolerance a point stays.
type weights map[spot]float64

// weigh runs Douglas and Peucker (1973) once for all tolerances: a point's
// weight is the least distance by which it and those that led to it were chosen.
// Borders are cut where three meet and weighed in one direction whichever ring
// they are read from, so that neighbours agree.
func weigh(s Set) weights {
	var rings [][]spot
	around := map[spot][]spot{}
	for _, list := range s {
		for _, r := range list {
			ring := spots(r)
			for i, p := range ring {
				for _, q := range [2]spot{ring[(i+len(ring)-1)%len(ring)], ring[(i+1)%len(ring)]} {
					if known := around[p]; len(known) < 3 && !slices.Contains(known, q) {
						around[p] = append(known, q)
					}
				}
			}
			rings = append(rings, ring)
		}
	}
	w := weights{}
	for _, ring := range rings {
		for _, arc := range arcs(ring, func(p spot) bool { return len(around[p]) > 2 }) {
			w.arc(arc)
		}
	}
	return w
}

func spots(r Ring) []spot {
	list := make([]spot, 0, len(r))
	for _, p := range r {
		list = append(list, spotOf(p))
	}
	return slices.Compact(list)
}

// arcs cuts a ring at its junctions; one without any at its first and farthest spot.
func arcs(ring []spot, junction func(spot) bool) [][]spot {
	var at []int
	for i, p := range ring {
		if junction(p) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		first := 0
		for i, p := range ring {
			if p.before(ring[first]) {
				first = i
			}
		}
		far := first
		for i, p := range ring {
			if d, most := apart(p, ring[first]), apart(ring[far], ring[first]); d > most || d == most && p.before(ring[far]) {
				far = i
			}
		}
		at = []int{min(first, far), max(first, far)}
	}
	var list [][]spot
	for k, from := range at {
		to := at[(k+1)%len(at)]
		if to <= from {
			to += len(ring)
		}
		arc := make([]spot, 0, to-from+1)
		for i := from; i <= to; i++ {
			arc = append(arc, ring[i%len(ring)])
		}
		list = append(list, arc)
	}
	return list
}

// arc weighs an arc. Its ends always stay.
func (w weights) arc(arc []spot) {
	last := len(arc) - 1
	if arc[last].before(arc[0]) || arc[0] == arc[last] && arc[last-1].before(arc[1]) {
		slices.Reverse(arc)
	}
	w[arc[0]], w[arc[last]] = math.Inf(1), math.Inf(1)
	for from := 0; from < last; from += longest {
		to := min(from+longest, last)
		w.raise(arc[from], math.Inf(1))
		w.raise(arc[to], math.Inf(1))
		w.between(arc[from:to+1], math.Inf(1))
	}
}

func (w weights) raise(p spot, weight float64) { w[p] = max(w[p], weight) }

// between weighs the spots between the ends of a stretch.
func (w weights) between(arc []spot, above float64) {
	for len(arc) > 2 {
		last := len(arc) - 1
		best, most := 0, -1.0
		for i := 1; i < last; i++ {
			if d := off(arc[i], arc[0], arc[last]); d > most {
				best, most = i, d
			}
		}
		above = min(above, most)
		w.raise(arc[best], above)
		// The shorter part by a call, the longer by the loop: the stack stays small.
		if best < last-best {
			w.between(arc[:best+1], above)
			arc = arc[best:]
		} else {
			w.between(arc[best:], above)
			arc = arc[:best+1]
		}
	}
}

func apart(a, b spot) float64 {
	return math.Hypot(float64(a.x-b.x)*cosMiddle, float64(a.y-b.y)) / 1e6
}

// off is how far p is from the stretch a–b, in degrees of latitude.
func off(p, a, b spot) float64 {
	px, py := float64(p.x-a.x)*cosMiddle, float64(p.y-a.y)
	dx, dy := float64(b.x-a.x)*cosMiddle, float64(b.y-a.y)
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = max(0, min(1, (px*dx+py*dy)/length))
	}
	return math.Hypot(px-t*dx, py-t*dy) / 1e6
}

// keep leaves the points that weigh at least the tolerance.
func (w weights) keep(s Set, tolerance float64) Set {
	kept := Set{}
	for code, rings := range s {
		largest := 0
		for i, r := range rings {
			if extent(r) > extent(rings[largest]) {
				largest = i
			}
		}
		for i, r := range rings {
			few := w.thin(r, tolerance)
			for at := tolerance / 2; i == largest && len(few) < 3; at /= 2 {
				if at < 1e-9 { // all on one line: there is nothing to thin
					few = r
					break
				}
				few = w.thin(r, at)
			}
			// What covers less than a few tolerances square cannot be seen.
			if i == largest || len(few) >= 3 && extent(few) > 4*tolerance*tolerance {
				kept[code] = append(kept[code], few)
			}
		}
	}
	return kept
}

func (w weights) thin(r Ring, tolerance float64) Ring {
	var few Ring
	for _, p := range r {
		if w[spotOf(p)] < tolerance {
			continue
		}
		rounded := [2]float64{math.Round(p[0]*1e4) / 1e4, math.Round(p[1]*1e4) / 1e4} // 11 m
		if len(few) == 0 || few[len(few)-1] != rounded {
			few = append(few, rounded)
		}
	}
	if len(few) > 1 && few[0] == few[len(few)-1] {
		few = few[:len(few)-1]
	}
	return few
}

// extent is the area of a ring in square degrees of latitude.
func extent(r Ring) float64 {
	var twice float64
	for i, p := range r {
		q := r[(i+1)%len(r)]
		twice += p[0]*q[1] - q[0]*p[1]
	}
	return math.Abs(twice) / 2 * cosMiddle
}
