// Package boundary takes in the official boundaries of municipalities as
// GeoJSON (RFC 7946) and makes them small enough for a page.
//
// Read finds the municipalities that are wanted and gives their rings in
// degrees; Fit drops the points that matter least until the whole is small
// enough, the same points on both sides of a border. Both are pure.
package boundary

// Place is a municipality that is wanted and the point of its main place, in degrees WGS 84.
type Place struct {
	Code, Name string
	Lat, Lon   float64
}

// Ring is closed without its first point repeated; longitude first, degrees WGS 84.
type Ring [][2]float64

// Set holds the rings of each municipality by its code. Rings of holes are
// among them: what is inside is told by the even-odd rule.
type Set map[string][]Ring

// Points is how many points the rings have.
func (s Set) Points() int {
	n := 0
	for _, rings := range s {
		for _, r := range rings {
			n += len(r)
		}
	}
	return n
}
