// Package gallery holds one believable example of every page, with made-up
// people in real municipalities. Tests render them all, and
// `go run ./ui/gallery/show` writes or serves them to look at. Samples is the
// name to know. Nothing here is used by the running service.
package gallery

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kaskad/ui"
	"kaskad/ui/regionmap"
)

// Sample is one page in one state.
type Sample struct {
	Name string // file name without ending
	Page ui.Page
}

// Zone is where the examples take place.
const Zone = "Europe/Stockholm"

// Samples lists every page in lang, some in several states, by name.
func Samples(lang string) ([]Sample, error) {
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		return nil, fmt.Errorf("gallery: %w", err)
	}
	region, areas, err := region()
	if err != nil {
		return nil, err
	}
	s := sampler{lang: lang, zone: zone}
	var samples []Sample
	samples = append(samples, s.frame("", "/sign-in", s.signIns())...)
	samples = append(samples, s.frame(ui.Coordinator, "/overview", map[string]any{"overview": s.overview()})...)
	samples = append(samples, s.frame(ui.Coordinator, "/map", map[string]any{
		"map-wave":     s.mapPage("wave", region, areas),
		"map-coverage": s.mapPage("coverage", region, areas),
		"map-travel":   s.mapPage("travel", region, areas),
		"map-venues":   s.venueMap(region, areas),
		"boundaries":   ui.BoundariesPage{Source: "SCB"}, "boundaries-official": s.boundaries(),
	})...)
	samples = append(samples, s.frame(ui.Coordinator, "/waves", map[string]any{
		"waves": s.waves(areas), "waves-empty": ui.Waves{}, "waves-propose": s.propose(areas),
		"waves-propose-error": ui.WavesPropose{Waves: 9, Weeks: 20, Apart: 20, First: "2027-03-01", Error: s.in("Välj färre vågor.", "Choose fewer waves.")},
		"waves-edit":          s.editWave(), "waves-move": s.moveArea(), "waves-split": s.splitWave(areas), "waves-pause": s.pauseWave(),
		"waves-merge": ui.WaveForm{Kind: "merge", ID: "w1", Name: s.waveName(1), Number: 1, Others: s.otherWaves()},
		"publish":     s.publish(), "publish-nothing": ui.Publish{WaveID: "w1", WaveName: s.in("Våg 1", "Wave 1")},
	})...)
	samples = append(samples, s.frame(ui.Coordinator, "/seminars", map[string]any{
		"seminars": s.seminars(areas), "seminars-empty": ui.Seminars{Filter: ui.SeminarFilter{Query: "Ylva"}},
		"seminar": s.seminar(), "options": s.options(), "options-shut": ui.Options{SeminarRow: s.rows(1)[0], Shut: s.in("Seminariet har börjat eller ska stå kvar som det är.", "The seminar has begun or is to stay as it is.")},
	})...)
	samples = append(samples, s.frame(ui.Coordinator, "/ask", map[string]any{
		"ask": s.ask(), "ask-empty": ui.Ask{}, "ask-person": s.askPerson(), "ask-person-none": ui.AskPerson{ID: "p1", Name: names[2]}, "what-if": s.whatIf(),
	})...)
	samples = append(samples, s.frame(ui.Coordinator, "/plan", map[string]any{
		"plan": s.running(), "plan-done": s.done(), "plan-idle": ui.PlanRun{State: ui.RunIdle},
	})...)
	samples = append(samples, s.frame(ui.Coordinator, "/timetable", s.timetables())...)
	samples = append(samples, s.frame(ui.Coordinator, "/reports", s.reports())...)
	samples = append(samples, s.frame(ui.Coordinator, "/hours", map[string]any{"hours": s.hours(), "hours-empty": ui.Hours{By: "person"}, "attendance": s.attendance()})...)
	samples = append(samples, s.frame(ui.Coordinator, "/activities", s.activities())...)
	samples = append(samples, s.frame(ui.Coordinator, "/outbox", map[string]any{"outbox": s.outbox(), "outbox-empty": ui.Outbox{},
		"replies": s.replies(), "replies-empty": ui.Replies{}, "jobs": s.jobs(), "preview": s.preview(), "preview-empty": ui.Preview{}})...)
	samples = append(samples, s.frame(ui.Coordinator, "/scenarios", s.scenarios())...)
	samples = append(samples, s.frame(ui.Coordinator, "/forecast", s.forecasts())...)
	samples = append(samples, s.frame(ui.Coordinator, "/risk", s.risks())...)
	samples = append(samples, s.frame(ui.Coordinator, "/people", s.registerPages())...)
	samples = append(samples, s.frame(ui.Coordinator, "/changes", s.changes())...)
	samples = append(samples, s.frame(ui.Leader, "/my", map[string]any{"my-leader": s.my(true)})...)
	samples = append(samples, s.frame(ui.Staff, "/my", map[string]any{"my": s.my(false), "my-empty": ui.My{Modules: 4}})...)
	samples = append(samples, s.frame(ui.Staff, "/my/calendar", s.myCalendars())...)
	samples = append(samples, s.frame(ui.Coordinator, "/calendars", s.calendars())...)
	samples = append(samples, s.frame(ui.Coordinator, "/calendars/doors", s.prints())...)
	samples = append(samples, s.frame("", "/feed/x", map[string]any{"feed": ui.FeedLanding{Name: "Karin Lindqvist", Upcoming: 4, Calendar: card()}})...)
	samples = append(samples, s.frame("", "/accessibility", map[string]any{"accessibility": ui.Accessibility{Contact: "direkt@example.se", Reviewed: s.at(2026, 11, 16, 9, 0)}})...)
	samples = append(samples, s.frame(ui.Coordinator, "/help/keys", map[string]any{"keys": ui.Keys{Coordinates: true, On: true}})...)
	samples = append(samples, s.frame(ui.Coordinator, "/help", map[string]any{"help": ui.Help{Coordinates: true, PutAway: true, Steps: ui.FirstSteps{Planned: true, Published: true}}})...)
	for _, status := range []int{403, 404, 409, 422, 429, 500, 503} {
		name := fmt.Sprintf("error-%d", status)
		samples = append(samples, s.frame(ui.Staff, "/gone", map[string]any{name: ui.ErrorPage{Status: status, RequestID: "7c1e-40b2"}})...)
	}
	slices.SortFunc(samples, func(a, b Sample) int { return strings.Compare(a.Name, b.Name) })
	return samples, nil
}

// sampler makes example data in one language.
type sampler struct {
	lang string
	zone *time.Location
}

// in picks the text of the language.
func (s sampler) in(sv, en string) string {
	if s.lang == "sv" {
		return sv
	}
	return en
}

func (s sampler) at(year, month, day, hour, minute int) time.Time {
	return time.Date(year, time.Month(month), day, hour, minute, 0, 0, s.zone)
}

// frame puts each data struct in a page as the role sees it.
func (s sampler) frame(role ui.Role, path string, named map[string]any) []Sample {
	var samples []Sample
	for name, data := range named {
		page := ui.Page{Lang: s.lang, Path: path, CSRF: "example", Data: data}
		if role != "" {
			page.Programme = "DiREKT"
			page.User = &ui.User{Name: "Karin Lindqvist", Role: role}
		}
		if name == "waves" {
			page.Flash = &ui.Flash{Kind: ui.Success, Text: s.in("Våg 1 är publicerad. 1 240 personer har fått besked.", "Wave 1 is published. 1,240 people have been told.")}
		}
		samples = append(samples, Sample{name, page})
	}
	return samples
}

func (s sampler) signIns() map[string]any {
	return map[string]any{
		"sign-in":              ui.SignIn{},
		"sign-in-error":        ui.SignIn{Email: "karin.lindqvist", Error: s.in("Skriv en fullständig e-postadress, till exempel namn@kommun.se.", "Enter a complete e-mail address, such as name@kommun.se.")},
		"sign-in-sent":         ui.SignIn{Email: "karin.lindqvist@example.se", Sent: true, Files: "data/mail"},
		"sign-in-confirm":      ui.SignInConfirm{Token: "x", Name: "Karin Lindqvist"},
		"sign-in-confirm-used": ui.SignInConfirm{Used: true},
	}
}

//go:embed seats.csv
var seatsCSV []byte

// region draws the county and gives each municipality a wave and figures.
func region() (*regionmap.Map, []ui.MapArea, error) {
	rows, err := csv.NewReader(bytes.NewReader(seatsCSV)).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("gallery: %w", err)
	}
	var seats []regionmap.Seat
	var areas []ui.MapArea
	waveOf := map[string]int{"Skaraborg": 1, "Sjuhärad": 2, "Fyrbodal": 3, "Göteborgsregionen": 4}
	for i, row := range rows[1:] { // code,name,seat,lat,lon,subregion
		lat, errLat := strconv.ParseFloat(row[3], 64)
		lon, errLon := strconv.ParseFloat(row[4], 64)
		if errLat != nil || errLon != nil {
			return nil, nil, fmt.Errorf("gallery: seat %s: %v %v", row[0], errLat, errLon)
		}
		seats = append(seats, regionmap.Seat{Code: row[0], Name: row[1], Lat: lat, Lon: lon})
		wave := waveOf[row[5]]
		target := 24 + (i*37)%90
		trained := max(0, target*(110-wave*25-(i*13)%40)/100)
		if wave == 4 && i%3 == 0 {
			trained = 0
		}
		areas = append(areas, ui.MapArea{Code: row[0], Name: row[1], Subregion: row[5], Wave: wave,
			Trained: min(trained, target), Target: target, Seminars: 3 + target/6,
			Planned: target - i%3, Travel: 8 + (i*7)%60, Seats: (i * 11) % 90, Mixed: 2 + target/6})
	}
	drawn, err := regionmap.Build(seats)
	if err != nil {
		return nil, nil, err
	}
	return drawn, areas, nil
}
