package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func init() {
	access["GET /reports"], access["GET /reports/export"] = "coordinator", "coordinator"
}

func TestEveryReportIsShownAndExported(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for about, tables := range map[string][]string{"coverage": {"coverage"}, "travel": {"travel"}, "mix": {"mix", "mix-area"}, "leaders": {"leaders", "leaders-area"},
		"fairness": {"fairness-sector", "fairness-area"}} {
		page := v.expect(v.get("/reports?about="+about), http.StatusOK).body
		if strings.Contains(page, ">reports.") || !strings.Contains(page, `class="table report"`) {
			t.Errorf("the report about %s:\n%s", about, words(page))
		}
		for _, table := range tables {
			file := v.expect(v.get("/reports/export?about="+about+"&table="+table), http.StatusOK)
			if rows := cells0(t, file.body); len(rows) == 0 {
				t.Errorf("the file of %s is empty", table)
			}
		}
	}
	v.expect(v.get("/reports/export?about=mix&table=travel"), http.StatusNotFound)
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
