package web_test

import (
	"encoding/xml"
	"image/png"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"kaskad/model"
)

func init() {
	access["GET /reports"], access["GET /reports/export"], access["GET /reports/picture"] = "coordinator", "coordinator", "coordinator"
}

func TestEveryReportIsShownAndExported(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for about, tables := range map[string][]string{"coverage": {"coverage"}, "travel": {"travel"}, "mix": {"mix", "mix-kinds", "mix-area", "mix-seminars"}, "leaders": {"leaders", "leaders-area"},
		"fairness": {"fairness-sector", "fairness-shift", "fairness-area"}} {
		page := v.expect(v.get("/reports?about="+about), http.StatusOK).body
		if strings.Contains(page, ">reports.") || !strings.Contains(page, `class="table report`) {
			t.Errorf("the report about %s:\n%s", about, words(page))
		}
		for _, table := range tables {
			file := v.expect(v.get("/reports/export?about="+about+"&table="+table), http.StatusOK)
			if rows := cells0(t, file.body); len(rows) == 0 {
				t.Errorf("the file of %s is empty", table)
			}
			address := "/reports/picture?about=" + about + "&table=" + table
			expectDrawing(t, v.expect(v.get(address+"&format=svg"), http.StatusOK).body)
			img, err := png.Decode(strings.NewReader(v.expect(v.get(address+"&format=png"), http.StatusOK).body))
			if err != nil || img.Bounds().Dx() < 1200 {
				t.Errorf("the picture of %s in points: %v, %v", table, err, img)
			}
		}
	}
	v.expect(v.get("/reports/export?about=mix&table=travel"), http.StatusNotFound)
}

// expectDrawing wants a picture that any reader of XML takes, with its title and
// a text for each row.
func expectDrawing(t *testing.T, body string) {
	t.Helper()
	var svg struct {
		Title string   `xml:"title"`
		Texts []string `xml:"text"`
	}
	if err := xml.Unmarshal([]byte(body), &svg); err != nil || svg.Title == "" || len(svg.Texts) < 5 {
		t.Errorf("the picture: %v, %+v\n%s", err, svg, body)
	}
	if strings.Contains(body, "reports.") {
		t.Errorf("the picture shows the key of a text:\n%s", body)
	}
}

// cells0 reads a file whose empty cells are nothing to count.
func cells0(t *testing.T, body string) map[string][]int {
	return cells(t, strings.ReplaceAll(strings.ReplaceAll(body, ";\r\n", ";0\r\n"), ";;", ";0;"))
}

func TestCoverageGrowsToWhatIsPlanned(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	rows := cells(t, v.get("/reports/export?about=coverage&table=coverage").body)
	// Four people need two modules each, and six of the eight seats are planned.
	if all := rows["All"]; len(all) == 0 || all[len(all)-1] != 75 {
		t.Errorf("coverage of all: %v, want 75 %% at the end", all)
	}
	for area, row := range rows {
		for i := range row[1:] {
			if row[i+1] < row[i] {
				t.Errorf("the coverage of %s falls: %v", area, row)
			}
		}
	}
	if page := v.get("/reports").body; !strings.Contains(page, "0% of the needs are met today, 75%") {
		t.Errorf("the gist is not said:\n%s", words(page))
	}
}

func TestReportsAgreeWithEachOther(t *testing.T) {
	s := published(t)
	s.clock.forward(60 * 24 * time.Hour)
	v := s.signedIn(coordinator)
	sum := func(address string, column int) (n int) {
		for _, row := range cells0(t, v.get("/reports/export?about="+address).body) {
			n += row[column]
		}
		return n
	}
	if count, areas := sum("mix&table=mix", 0), sum("mix&table=mix-area", 0); count == 0 || count != areas {
		t.Errorf("%d seminars by sectors, %d by municipality", count, areas)
	}
	if count, areas := sum("leaders&table=leaders", 0), sum("leaders&table=leaders-area", 0); count == 0 || count != areas {
		t.Errorf("%d leaders by load, %d by municipality", count, areas)
	}
	if seats := sum("travel&table=travel", 0); seats != 6 {
		t.Errorf("%d seats by travel, want the six of the plan", seats)
	}
}

func TestReportsWithoutAPlanLeadToPlanning(t *testing.T) {
	v := loaded(t).signedIn(coordinator)
	for _, about := range []string{"", "travel", "nothing"} {
		if body := v.expect(v.get("/reports?about="+about), http.StatusOK).body; !strings.Contains(body, `class="btn primary" href="/plan"`) {
			t.Errorf("the empty report about %q does not say what to do", about)
		}
	}
}

func TestTheOverviewSaysWhatPeopleAreBehindWith(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	if body := v.get("/overview").body; strings.Contains(body, "/attendance") {
		t.Error("attendance is asked for before the seminars")
	}
	s.clock.forward(60 * 24 * time.Hour)
	v = s.signedIn(coordinator)
	body := v.expect(v.get("/overview"), http.StatusOK).body
	if n := len(s.service.State().Seminars); !strings.Contains(body, strconv.Itoa(n)+" seminars that were held lack attendance.") {
		t.Errorf("the overview does not ask for attendance of the %d seminars:\n%s", n, words(body))
	}
	_, rest, _ := strings.Cut(body, `href="/seminars/`)
	id, _, _ := strings.Cut(rest, `/attendance"`)
	v.expect(v.get("/seminars/"+id+"/attendance"), http.StatusOK)
	for _, link := range []string{"/forecast", "/reports"} {
		if !strings.Contains(body, `href="`+link+`">`) {
			t.Errorf("the overview does not lead to %s", link)
		}
	}
}

func TestAWaveThatBeginsSoonIsAWarning(t *testing.T) {
	s := planned(t)
	state := s.service.State()
	from := state.Roster.Problem.Waves[0].From
	for _, days := range []int{29, 20} {
		s.clock.forward(from.AddDate(0, 0, -days).Sub(s.service.Now()))
		body := s.signedIn(coordinator).get("/overview").body
		if due := strings.Contains(body, "and is not published."); due != (days < 28) {
			t.Errorf("%d days before the wave begins, it is said to be due: %v\n%s", days, due, words(body))
		}
	}
}

// Two people see nights from their rota, and are set beside those without one.
func TestFairnessTellsShiftsApart(t *testing.T) {
	s := open(t, base, func(s *site) {
		p := problem()
		p.Calendars = []model.Calendar{{ID: "rest"}, {ID: "late"}, {ID: "odd"}}
		for i := range p.Slots {
			noon := p.Slots[i].Start.Add(5 * time.Hour)
			p.Slots = append(p.Slots, model.Slot{ID: p.Slots[i].ID + "-pm", Start: noon, End: noon.Add(time.Hour)})
			day := func(from, hours int) model.Interval {
				start := p.Slots[i].Start.Add(time.Duration(from) * time.Hour)
				return model.Interval{From: start, To: start.Add(time.Duration(hours) * time.Hour)}
			}
			if i%4 == 0 { // never on a day with a seminar
				p.Calendars[0].Closed = append(p.Calendars[0].Closed, day(0, 1))
				p.Calendars[1].Closed = append(p.Calendars[1].Closed, day(5, 1))
				p.Calendars[2].Closed = append(p.Calendars[2].Closed, day(0, 7))
			}
		}
		for i, calendar := range []string{"rest", "late", "odd"} {
			p.People[2+i].Calendar = calendar
		}
		s.must(s.service.People.Save(t.Context(), contacts()))
		s.do(model.LoadProgramme{Problem: p})
		s.draft(lessons()...)
	})
	v := s.signedIn(coordinator)
	rows := cells0(t, v.get("/reports/export?about=fairness&table=fairness-shift").body)
	for _, shift := range []string{"No rota", "Day rota", "Rota with evenings", "Rota with nights"} {
		if row := rows[shift]; len(row) == 0 || row[0] != 1 {
			t.Errorf("%s: %v, want one person; all rows %v", shift, row, rows)
		}
	}
}

func TestTheMixOfEverySeminarIsShown(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/reports?about=mix"), http.StatusOK, "Which sectors meet", "The seminars, least mixed first").body
	if n := strings.Count(page, `class="bar-done part1"`); n < 3 {
		t.Errorf("%d bars show the part of the first sector, want one for each seminar of it", n)
	}
	rows := cells(t, v.get("/reports/export?about=mix&table=mix-seminars").body)
	if len(rows) != 3 {
		t.Fatalf("%d seminars of staff, want 3: %v", len(rows), rows)
	}
	for name, row := range rows {
		if len(row) != 4 || row[0] != row[1]+row[2] || row[3] != 100 {
			t.Errorf("%s: %v, want attendees, those of each sector, and that one has them all", name, row)
		}
	}
}
