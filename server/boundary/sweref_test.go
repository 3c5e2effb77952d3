package boundary

import (
	"math"
	"testing"
)

func TestPointsInSwerefAreWhereTheyAre(t *testing.T) {
	for _, p := range []struct {
		name                       string
		east, north, lon, lat, off float64 // off in degrees
	}{
		// The length of GRS 80's meridian from the equator to 45° is 4 984 944.378 m, times the scale.
		{"the central meridian at 45°", 500000, 4984944.378 * 0.9996, 15, 45, 1e-8},
		{"the equator", 500000, 0, 15, 0, 1e-12},
		// As map services give it, to the metre.
		{"Stockholm's central station", 674032, 6580822, 18.059196, 59.330231, 2e-5},
	} {
		lon, lat := fromSweref(p.east, p.north)
		if math.Abs(lon-p.lon) > p.off || math.Abs(lat-p.lat) > p.off {
			t.Errorf("%s: %.9f %.9f, want %.9f %.9f", p.name, lon, lat, p.lon, p.lat)
		}
	}
}
