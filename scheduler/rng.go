package scheduler

import (
	"math"
	"math/bits"
)

// rng is splitmix64 (Steele, Lea, Flood 2014): one addition and two
// multiplications per draw, which matters when a move is scored in well under
// a microsecond. Its whole state is one word, so a run is repeatable from the seed.
type rng struct{ state uint64 }

func newRNG(seed uint64) *rng { return &rng{state: seed ^ 0x6b61736b6164} }

func (r *rng) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// below draws from 0..n-1; n must be positive. The multiply-high method's bias
// is below n / 2^32 and of no consequence to a search.
func (r *rng) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// logTable holds -ln(u) for u at the middle of 4,096 equal steps of (0, 1).
var logTable = func() (t [4096]float64) {
	for i := range t {
		t[i] = -math.Log((float64(i) + 0.5) / 4096)
	}
	return t
}()

// exponential draws from the exponential distribution with mean 1, to within
// the table's resolution: the largest value is 9.
func (r *rng) exponential() float64 { return logTable[r.next()>>52] }
