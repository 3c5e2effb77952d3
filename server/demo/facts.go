package demo

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed data
var files embed.FS

type point struct{ lat, lon float64 }

// municipality is one of the 49 in Västra Götaland; at is its seat.
type municipality struct {
	code, name, seat, area string
	population             int
	at                     point
}

// place is a named point in a municipality: a locality, a folk high school.
type place struct {
	name, code string
	at         point
}

// hospital is a site; employees is a model figure, see data/NOTICE.md.
type hospital struct {
	place
	group     string
	employees int
}

// centre is a primary-care centre. exact is false when only the seat of the
// municipality is known; such centres are spread a little around it.
type centre struct {
	place
	operator string
	exact    bool
}

// facts is everything real in the demonstration, as embedded from data.
type facts struct {
	municipalities []municipality
	localities     []place
	hospitals      []hospital
	centres        []centre
	schools        []place
	given, family  []string
}

// known is read once at start, so that damaged embedded data is found at once.
var known = mustReadFacts()

func mustReadFacts() facts {
	f := facts{
		given:  strings.Fields(mustRead("given-names.txt")),
		family: strings.Fields(mustRead("family-names.txt")),
	}
	for r := range rows("municipalities.csv") {
		f.municipalities = append(f.municipalities, municipality{
			code: r["code"], name: r["name"], seat: r["seat"], area: r["area"],
			population: mustInt(r["population"]), at: r.point(),
		})
	}
	for r := range rows("localities.csv") {
		f.localities = append(f.localities, r.place())
	}
	for r := range rows("folk-high-schools.csv") {
		f.schools = append(f.schools, r.place())
	}
	for r := range rows("hospitals.csv") {
		f.hospitals = append(f.hospitals, hospital{place: r.place(), group: r["group"], employees: mustInt(r["employees_model"])})
	}
	for r := range rows("primary-care.csv") {
		f.centres = append(f.centres, centre{place: r.place(), operator: r["operator"], exact: r["precision"] == "locality"})
	}
	return f
}

// row is one CSV line by column name.
type row map[string]string

func (r row) point() point { return point{mustFloat(r["lat"]), mustFloat(r["lon"])} }

func (r row) place() place { return place{name: r["name"], code: r["code"], at: r.point()} }

// rows yields the lines of an embedded CSV file with a header.
func rows(file string) func(yield func(row) bool) {
	lines, err := csv.NewReader(strings.NewReader(mustRead(file))).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("demo: embedded %s: %v", file, err))
	}
	return func(yield func(row) bool) {
		for _, line := range lines[1:] {
			r := row{}
			for i, column := range lines[0] {
				r[column] = line[i]
			}
			if !yield(r) {
				return
			}
		}
	}
}

func mustRead(file string) string {
	b, err := files.ReadFile("data/" + file)
	if err != nil {
		panic(fmt.Sprintf("demo: embedded file: %v", err))
	}
	return string(b)
}

func mustInt(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("demo: embedded number: %v", err))
	}
	return n
}

func mustFloat(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(fmt.Sprintf("demo: embedded number: %v", err))
	}
	return x
}
