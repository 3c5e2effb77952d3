package risk

// What a draw is about.
const (
	aboutSeat    uint64 = iota + 1 // a person in a seminar
	aboutIllness                   // a leader in a seminar
	aboutStop                      // a leader in a week
	aboutVenue                     // a venue in a week
	aboutSnow                      // an area on a day
	aboutExtra                     // a person in a further seminar
)

// chance draws what depends on nothing but what it is about.
type chance struct{ key uint64 }

func newChance(seed uint64, run int) chance {
	return chance{mix(mix(seed) + uint64(run))}
}

// hits tells whether something of a rate in parts per million happens.
func (c chance) hits(perMillion int, about uint64, a, b int) bool {
	if perMillion <= 0 {
		return false
	}
	x := mix(mix(mix(c.key+about)+uint64(a)) + uint64(b))
	return x%1_000_000 < uint64(perMillion)
}

// mix is the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// weekly is the rate per week, in parts per million, that comes to a yearly
// percentage in 52 weeks.
func weekly(percent int) int { return percent * 10_000 / 52 }
