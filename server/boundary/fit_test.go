package boundary

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"
)

// wiggle is a border from p to q that winds the same whichever way it is read.
func wiggle(p, q [2]float64, depth int) [][2]float64 {
	if depth == 0 {
		return [][2]float64{p}
	}
	a, b := p, q
	if b[0] < a[0] || b[0] == a[0] && b[1] < a[1] {
		a, b = b, a
	}
	turn := 0.15 * math.Sin(1e4*(a[0]+2*b[0]+3*a[1]+5*b[1]))
	m := [2]float64{(a[0]+b[0])/2 - turn*(b[1]-a[1]), (a[1]+b[1])/2 + turn*(b[0]-a[0])}
	return append(wiggle(p, m, depth-1), wiggle(m, q, depth-1)...)
}

// country is n × n municipalities with winding borders, an enclave and an island.
func country(n, depth int) Set {
	s := Set{}
	at := func(i, j int) [2]float64 {
		return [2]float64{11 + 0.3*float64(i) + 0.07*math.Sin(float64(i*7+j*3)), 57 + 0.2*float64(j) + 0.05*math.Cos(float64(i*5+j*11))}
	}
	closed := func(corners ...[2]float64) Ring {
		var r Ring
		for i, p := range corners {
			r = append(r, wiggle(p, corners[(i+1)%len(corners)], depth)...)
		}
		return r
	}
	for i := range n {
		for j := range n {
			s[fmt.Sprintf("%02d%02d", i, j)] = []Ring{closed(at(i, j), at(i+1, j), at(i+1, j+1), at(i, j+1))}
		}
	}
	enclave := closed([2]float64{11.12, 57.07}, [2]float64{11.2, 57.07}, [2]float64{11.2, 57.12}, [2]float64{11.12, 57.12})
	hole := slices.Clone(enclave)
	slices.Reverse(hole)
	hole = append(hole[5:], hole[:5]...)
	s["0000"] = append(s["0000"], hole)
	s["9999"] = []Ring{enclave, closed([2]float64{10.1, 57.1}, [2]float64{10.1003, 57.1}, [2]float64{10.1, 57.1003})}
	return s
}

// sides are the straight pieces of every ring, whichever way they run, with how often each stands.
func sides(s Set) map[[2][2]float64]int {
	count := map[[2][2]float64]int{}
	for _, rings := range s {
		for _, r := range rings {
			for i, p := range r {
				q := r[(i+1)%len(r)]
				if q[0] < p[0] || q[0] == p[0] && q[1] < p[1] {
					p, q = q, p
				}
				count[[2][2]float64{p, q}]++
			}
		}
	}
	return count
}

func TestNeighboursKeepTheSameBorder(t *testing.T) {
	const n = 7
	s := country(n, 7)
	for _, limit := range []int{60_000, 20_000, 6_000} {
		fitted := Fit(s, limit)
		if got := size(fitted); got > limit || fitted.Points() >= s.Points() {
			t.Errorf("%d bytes asked, %d points became %d in %d bytes", limit, s.Points(), fitted.Points(), got)
		}
		if !reflect.DeepEqual(fitted, Fit(s, limit)) {
			t.Error("the same boundaries are fitted in two ways")
		}
		if len(fitted["9999"]) != 1 || len(fitted["0000"]) != 2 {
			t.Errorf("of the enclave, its hole and a speck %d and %d rings are left", len(fitted["9999"]), len(fitted["0000"]))
		}
		outer := map[string]int{} // sides that only one area has, by area: only those at the edge may
		shared := sides(fitted)
		for code, rings := range fitted {
			for side := range sides(Set{code: rings}) {
				if shared[side] == 1 {
					outer[code]++
				}
			}
		}
		for code, gaps := range outer {
			var i, j int
			if _, err := fmt.Sscanf(code, "%02d%02d", &i, &j); err != nil || i > 0 && i < n-1 && j > 0 && j < n-1 || code == "9999" {
				t.Errorf("at %d bytes %s has %d sides that no neighbour has", limit, code, gaps)
			}
		}
	}
}

func TestWhatIsLeftIsNearWhatWas(t *testing.T) {
	s := country(3, 8)
	w := weigh(s)
	const tolerance = 0.002
	kept := w.keep(s, tolerance)
	for code, rings := range kept {
		for _, p := range s[code][0] {
			nearest := math.Inf(1)
			for i, a := range rings[0] {
				nearest = min(nearest, off(spotOf(p), spotOf(a), spotOf(rings[0][(i+1)%len(rings[0])])))
			}
			if nearest > tolerance+2e-4 { // and the rounding
				t.Fatalf("%s: a corner lies %.5f° from what is left", code, nearest)
			}
		}
	}
}

func BenchmarkFit(b *testing.B) {
	s := country(7, 10)
	b.ReportMetric(float64(s.Points()), "points")
	for b.Loop() {
		Fit(s, 36_000)
	}
}
