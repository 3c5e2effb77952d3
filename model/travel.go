package model

import "math"

// EarthRadiusKm is the mean radius of the contract's haversine formula.
const EarthRadiusKm = 6371.0088

// Kilometres is the great-circle distance between two points in degrees.
func Kilometres(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	sinLat := math.Sin((lat2 - lat1) * rad / 2)
	sinLon := math.Sin((lon2 - lon1) * rad / 2)
	h := sinLat*sinLat + math.Cos(lat1*rad)*math.Cos(lat2*rad)*sinLon*sinLon
	return 2 * EarthRadiusKm * math.Asin(math.Sqrt(min(1, h)))
}

// Minutes is the one-way travel time between two points, contract 2.1: under
// 0.2 km it is 0, else floor(Fixed + km × Detour ÷ KmH × 60 + 0.5).
func (t Travel) Minutes(lat1, lon1, lat2, lon2 float64) int {
	km := Kilometres(lat1, lon1, lat2, lon2)
	if km < 0.2 {
		return 0
	}
	return int(math.Floor(t.Fixed + km*t.Detour/t.KmH*60 + 0.5))
}

// NeedsOf lists the modules a person must still attend: the stated needs, or
// the tier's modules minus the done ones, in the tier's order. Nil without a tier.
func (p *Problem) NeedsOf(person *Person, tier *Tier) []string {
	if person.Tier == "" {
		return nil
	}
	if person.Needs != nil {
		return person.Needs
	}
	var needs []string
	for _, m := range tier.Modules {
		done := false
		for _, d := range person.Done {
			done = done || d.Module == m
		}
		if !done {
			needs = append(needs, m)
		}
	}
	return needs
}
