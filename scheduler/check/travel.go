package check

import (
	"math"

	"kaskad/model"
)

// earthRadius in kilometres, contract 2.1.
const earthRadius = 6371.0088

// matrixOf reads the pairs whose minutes override contract 2.1.
func matrixOf(m *model.Matrix) map[[2]string]int {
	pairs := map[[2]string]int{}
	if m == nil {
		return pairs
	}
	for u, row := range m.Minutes {
		for v, minutes := range row {
			if u < len(m.Units) && v < len(m.Venues) {
				pairs[[2]string{m.Units[u], m.Venues[v]}] = minutes
			}
		}
	}
	return pairs
}

// oneWay is the travel of a person of the unit to the venue, in minutes.
func (r *reading) oneWay(unit *model.Unit, venue *model.Venue) int {
	if minutes, named := r.matrix[[2]string{unit.ID, venue.ID}]; named {
		return minutes
	}
	if venue.Online {
		return 0
	}
	return r.road(unit.Lat, unit.Lon, venue.Lat, venue.Lon)
}

// between is the travel from one venue to the next, in minutes: "2.1 with the
// first venue in place of the unit".
func (r *reading) between(first, second *model.Venue) int {
	if second.Online {
		return 0
	}
	return r.road(first.Lat, first.Lon, second.Lat, second.Lon)
}

// road: "under 0.2 km: 0; else minutes = floor(fixed + km × detour ÷ kmh × 60 + 0.5)".
func (r *reading) road(lat1, lon1, lat2, lon2 float64) int {
	km := greatCircle(lat1, lon1, lat2, lon2)
	if km < 0.2 {
		return 0
	}
	t := r.problem.Programme.Travel
	return int(math.Floor(t.Fixed + km*t.Detour/t.KmH*60 + 0.5))
}

// greatCircle is the haversine distance in kilometres of two points in degrees.
func greatCircle(lat1, lon1, lat2, lon2 float64) float64 {
	sinLat, sinLon := math.Sin(radians(lat2-lat1)/2), math.Sin(radians(lon2-lon1)/2)
	a := sinLat*sinLat + math.Cos(radians(lat1))*math.Cos(radians(lat2))*sinLon*sinLon
	return 2 * earthRadius * math.Atan2(math.Sqrt(a), math.Sqrt(max(0, 1-a)))
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
