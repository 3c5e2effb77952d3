// Package regionmap draws a schematic map.
package regionmap

// Map is a drawing.
type Map struct {
	ViewBox    string
	Neighbours []string
	Lakes      []Lake
	areas      map[string]*Area
}

// Area is one municipality of a Map.
type Area struct {
	Code, Name, Path string
	LabelX, LabelY   float64
}

// Area finds an area by code; nil when it is not on the map.
func (m *Map) Area(code string) *Area { return m.areas[code] }

type Lake struct {
	Name, Path     string
	LabelX, LabelY float64
}
