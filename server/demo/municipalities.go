package demo

// Municipality is one of the 49 of Västra Götaland: Statistics Sweden's code,
// its name, the care-cooperation area it belongs to, and where its seat lies.
type Municipality struct {
	Code, Name, Area string
	Lat, Lon         float64
}

// Municipalities lists the 49 in the order of their codes.
func Municipalities() []Municipality {
	list := make([]Municipality, len(known.municipalities))
	for i, m := range known.municipalities {
		list[i] = Municipality{Code: m.code, Name: m.name, Area: m.area, Lat: m.at.lat, Lon: m.at.lon}
	}
	return list
}
