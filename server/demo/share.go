package demo

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Share divides total into whole parts in proportion to weights by largest
// remainder (Hamilton's method); ties go to the earlier part. Weights are not
// negative; with no positive weight every part is 0.
func Share(total int, weights []float64) []int {
	parts := make([]int, len(weights))
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	if sum <= 0 || total <= 0 {
		return parts
	}
	type rest struct {
		index int
		part  float64
	}
	rests := make([]rest, len(weights))
	left := total
	for i, w := range weights {
		quota := float64(total) * w / sum
		parts[i] = int(math.Floor(quota))
		left -= parts[i]
		rests[i] = rest{i, quota - float64(parts[i])}
	}
	slices.SortStableFunc(rests, func(a, b rest) int { return cmp.Compare(b.part, a.part) })
	for _, r := range rests[:left] {
		parts[r.index]++
	}
	return parts
}

// ShareAtLeast is Share with a floor: every part of positive weight gets at
// least the floor, the others share what is left. The floor is ignored when
// total cannot pay for it.
func ShareAtLeast(total, floor int, weights []float64) []int {
	open := slices.Clone(weights)
	positive, raised := 0, 0
	for _, w := range weights {
		if w > 0 {
			positive++
		}
	}
	if floor*positive > total {
		return Share(total, weights)
	}
	for {
		parts := Share(total-raised*floor, open)
		again := false
		for i := range parts {
			if open[i] > 0 && parts[i] < floor {
				open[i] = 0
				raised++
				again = true
			}
		}
		if again {
			continue
		}
		for i := range parts {
			if weights[i] > 0 && open[i] == 0 {
				parts[i] = floor
			}
		}
		return parts
	}
}

// dice is one independent stream of the seed per subject, so that a change in
// how, say, names are drawn moves no unit.
func dice(seed uint64, subject uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15*(subject+1)))
}

const (
	unitDice uint64 = iota
	leaderDice
	venueDice
	absenceDice
	wishDice
	contactDice
)

// pick draws an index with probability in proportion to weights.
func pick(r *rand.Rand, weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	x := r.IntN(sum)
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// near is a point at a random distance of at most km from p, rounded to four
// decimals (about ten metres).
func near(r *rand.Rand, p point, km float64) point {
	const kmPerDegree = 111.2
	d, angle := km*math.Sqrt(r.Float64()), 2*math.Pi*r.Float64()
	lat := p.lat + d*math.Cos(angle)/kmPerDegree
	lon := p.lon + d*math.Sin(angle)/(kmPerDegree*math.Cos(p.lat*math.Pi/180))
	return point{math.Round(lat*1e4) / 1e4, math.Round(lon*1e4) / 1e4}
}
