package regionmap

import (
	"math"
	"slices"
)

type point struct{ x, y float64 }

// ring is a closed polygon without its first point repeated.
type ring []point

// line is the set of points where a·x + b·y = c; its inner side is where the
// left side is smaller.
type line struct{ a, b, c float64 }

// bisector has the points nearer to p than to q on its inner side.
func bisector(p, q point) line {
	a, b := q.x-p.x, q.y-p.y
	return line{a, b, a*(p.x+q.x)/2 + b*(p.y+q.y)/2}
}

func (l line) inner(p point) bool { return l.a*p.x+l.b*p.y < l.c }

// along is the position of p on the line, for sorting.
func (l line) along(p point) float64 { return l.a*p.y - l.b*p.x }

// meet is where the segment from p to q crosses the line.
func (l line) meet(p, q point) point {
	dp, dq := l.a*p.x+l.b*p.y-l.c, l.a*q.x+l.b*q.y-l.c
	t := dp / (dp - dq)
	return point{p.x + t*(q.x-p.x), p.y + t*(q.y-p.y)}
}

// clip keeps what is on the inner side. A concave ring may fall into several.
func clip(rings []ring, l line) []ring {
	var kept []ring
	for _, r := range rings {
		for _, part := range clipRing(r, l) {
			// Less than a square metre is a rounding error, not land.
			if area(part) > 1e-5 {
				kept = append(kept, part)
			}
		}
	}
	return kept
}

// chain is a run of inner points between two crossings of the line.
type chain struct {
	points     ring
	start, end int // crossings, as indices into the list of crossings
}

// crossing is a point where the ring passes the line; enters tells which way.
type crossing struct {
	at     point
	chain  int
	enters bool
}

// clipRing cuts a simple ring with a line. Sorted along the line, crossings
// bound the stretches of the line inside the ring: the first with the second,
// the third with the fourth and so on. Joining each chain's end to its partner
// gives separate rings, where the textbook clipper of Sutherland and Hodgman
// (1974) leaves bridges of no width that would show as strokes.
func clipRing(r ring, l line) []ring {
	chains, crossings := cut(r, l)
	if len(crossings) == 0 {
		if len(r) > 0 && l.inner(r[0]) {
			return []ring{r}
		}
		return nil
	}
	slices.SortStableFunc(crossings, func(a, b crossing) int {
		switch pa, pb := l.along(a.at), l.along(b.at); {
		case pa < pb:
			return -1
		case pa > pb:
			return 1
		}
		return 0
	})
	for i, c := range crossings {
		if c.enters {
			chains[c.chain].start = i
		} else {
			chains[c.chain].end = i
		}
	}
	var parts []ring
	used := make([]bool, len(chains))
	for first := range chains {
		var part ring
		for c := first; !used[c]; {
			used[c] = true
			part = append(part, chains[c].points...)
			partner := crossings[chains[c].end^1]
			if !partner.enters {
				// Two crossings on one spot were sorted the wrong way round: the
				// ring closes here, at the cost of a strip of no width.
				break
			}
			c = partner.chain
		}
		if len(part) > 2 {
			parts = append(parts, part)
		}
	}
	return parts
}

// cut splits a ring into its inner chains, each with its two crossings as first
// and last point. Crossings come two to a chain.
func cut(r ring, l line) ([]chain, []crossing) {
	first := -1 // a point from which the ring enters the inner side
	for i, p := range r {
		if !l.inner(p) && l.inner(r[(i+1)%len(r)]) {
			first = i
			break
		}
	}
	if first < 0 {
		return nil, nil
	}
	var chains []chain
	var crossings []crossing
	for k := range r {
		p, q := r[(first+k)%len(r)], r[(first+k+1)%len(r)]
		pIn, qIn := l.inner(p), l.inner(q)
		if !pIn && qIn {
			at := l.meet(p, q)
			chains = append(chains, chain{points: ring{at}})
			crossings = append(crossings, crossing{at, len(chains) - 1, true})
		}
		last := len(chains) - 1
		if qIn {
			chains[last].points = append(chains[last].points, q)
		}
		if pIn && !qIn {
			at := l.meet(p, q)
			chains[last].points = append(chains[last].points, at)
			crossings = append(crossings, crossing{at, last, false})
		}
	}
	return chains, crossings
}

// area is never negative, whichever way the ring runs.
func area(r ring) float64 {
	var twice float64
	for i, p := range r {
		q := r[(i+1)%len(r)]
		twice += p.x*q.y - q.x*p.y
	}
	return math.Abs(twice) / 2
}

// inside tells whether p is in any of the rings (even-odd rule).
func inside(rings []ring, p point) bool {
	in := false
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
				in = !in
			}
		}
	}
	return in
}

// edgeDistance is how far p is from the nearest edge of any ring.
func edgeDistance(rings []ring, p point) float64 {
	nearest := math.Inf(1)
	for _, r := range rings {
		for i, a := range r {
			nearest = min(nearest, squaredDistance(p, a, r[(i+1)%len(r)]))
		}
	}
	return math.Sqrt(nearest)
}

func squaredDistance(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/length))
	}
	x, y := p.x-a.x-t*dx, p.y-a.y-t*dy
	return x*x + y*y
}

// centre is the point in the cell farthest from its edges and from the
// obstacles: where a label has most room. It looks on a grid over the cell,
// then on finer ones around the best point so far.
func centre(cell, obstacles []ring) point {
	const (
		steps  = 16 // points of the grid in each direction
		passes = 3  // the last grid is finer than a unit for every cell
	)
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, r := range cell {
		for _, p := range r {
			low = point{min(low.x, p.x), min(low.y, p.y)}
			high = point{max(high.x, p.x), max(high.y, p.y)}
		}
	}
	best, room := cell[0][0], -1.0
	for range passes {
		dx, dy := (high.x-low.x)/steps, (high.y-low.y)/steps
		for i := range steps * steps {
			p := point{low.x + (float64(i%steps)+0.5)*dx, low.y + (float64(i/steps)+0.5)*dy}
			d := edgeDistance(cell, p)
			if d <= room || !inside(cell, p) || inside(obstacles, p) {
				continue
			}
			if d = min(d, edgeDistance(obstacles, p)); d > room {
				best, room = p, d
			}
		}
		low, high = point{best.x - dx, best.y - dy}, point{best.x + dx, best.y + dy}
	}
	return best
}
