package boundary

import "math"

// SWEREF 99 TM (EPSG:3006): GRS 80, central meridian 15° east.
const (
	semiMajor  = 6378137.0
	flattening = 1 / 298.257222101
	centralLon = 15.0
	scaleAtLon = 0.9996
	falseEast  = 500000.0
)

// fromSweref gives the longitude and latitude, in degrees, of a point in
// SWEREF 99 TM, in metres. SWEREF 99 and WGS 84 differ by less than a metre.
//
// The series are those of Lantmäteriet, Gauss Conformal Projection (Transverse
// Mercator), Krüger's Formulas: good to less than a millimetre in Sweden.
func fromSweref(east, north float64) (lon, lat float64) {
	const (
		n  = flattening / (2 - flattening)
		n2 = n * n
		n3 = n2 * n
		n4 = n3 * n
		// of the radius of the meridian
		mean = semiMajor / (1 + n) * (1 + n2/4 + n4/64)
		d1   = n/2 - 2*n2/3 + 37*n3/96 - n4/360
		d2   = n2/48 + n3/15 - 437*n4/1440
		d3   = 17*n3/480 - 37*n4/840
		d4   = 4397 * n4 / 161280
		e2   = flattening * (2 - flattening)
		e4   = e2 * e2
		e6   = e4 * e2
		e8   = e6 * e2
	)
	xi, eta := north/(scaleAtLon*mean), (east-falseEast)/(scaleAtLon*mean)
	x, y := xi, eta
	for i, d := range [...]float64{d1, d2, d3, d4} {
		k := float64(2 * (i + 1))
		x -= d * math.Sin(k*xi) * math.Cosh(k*eta)
		y -= d * math.Cos(k*xi) * math.Sinh(k*eta)
	}
	conformal := math.Asin(math.Sin(x) / math.Cosh(y))
	s := math.Sin(conformal)
	s2 := s * s
	phi := conformal + s*math.Cos(conformal)*
		((e2+e4+e6+e8)-(7*e4+17*e6+30*e8)/6*s2+(224*e6+889*e8)/120*s2*s2-4279*e8/1260*s2*s2*s2)
	return centralLon + math.Atan(math.Sinh(y)/math.Cos(x))*180/math.Pi, phi * 180 / math.Pi
}
