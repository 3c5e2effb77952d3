package demo_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/demo"
)

var sizes = []int{40, 400, 599, 600, 999, 1000, 4000, 40_000}

func encoded(t testing.TB, o demo.Options) []byte {
	t.Helper()
	problem, contacts := demo.Direkt(o)
	b, err := json.Marshal([]any{problem, contacts})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSameOptionsGiveTheSameBytes(t *testing.T) {
	first := encoded(t, demo.Options{Staff: 1200, Seed: 7})
	if !bytes.Equal(first, encoded(t, demo.Options{Staff: 1200, Seed: 7})) {
		t.Error("two runs with one seed differ")
	}
	if bytes.Equal(first, encoded(t, demo.Options{Staff: 1200, Seed: 8})) {
		t.Error("two seeds give the same demonstration")
	}
	if !bytes.Equal(encoded(t, demo.Options{}), encoded(t, demo.Options{
		Staff: 4000, Leaders: 250, Seed: 1, Start: time.Date(2027, 1, 11, 0, 0, 0, 0, time.UTC),
	})) {
		t.Error("the zero options are not the documented defaults")
	}
}

func TestEverySizeIsAValidProblem(t *testing.T) {
	for _, staff := range sizes {
		t.Run(fmt.Sprint(staff), func(t *testing.T) {
			problem, contacts := demo.Direkt(demo.Options{Staff: staff})
			if err := model.Validate(problem); err != nil {
				t.Fatal(err)
			}
			counts := map[string]int{}
			for i, p := range problem.People {
				counts[p.Tier]++
				if contacts[i].ID != p.ID {
					t.Fatalf("contact %d is of %s, want %s", i, contacts[i].ID, p.ID)
				}
			}
			leaders := max(staff/16, 4)
			if counts["staff"] != staff || counts["leaders"] != leaders {
				t.Errorf("%d staff and %d leaders, want %d and %d", counts["staff"], counts["leaders"], staff, leaders)
			}
			if want := max(2, (leaders+15)/30); counts[""] != want {
				t.Errorf("%d experts, want %d", counts[""], want)
			}
			if len(contacts) != len(problem.People) {
				t.Errorf("%d contacts for %d people", len(contacts), len(problem.People))
			}
		})
	}
}

func TestTheProblemSurvivesTheOpenFormat(t *testing.T) {
	problem, _ := demo.Direkt(demo.Options{Staff: 400})
	b, err := json.Marshal(problem)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := model.DecodeProblem(b); err != nil {
		t.Error(err)
	}
}

func TestTheRegionIsDividedAsDescribed(t *testing.T) {
	problem, _ := demo.Direkt(demo.Options{})
	units := map[string]model.Unit{}
	for _, u := range problem.Units {
		units[u.ID] = u
	}
	sectors, leadersIn, waves := map[string]int{}, map[string]int{}, map[string]map[string]bool{}
	for _, p := range problem.People {
		u := units[p.Unit]
		switch p.Tier {
		case "staff":
			sectors[u.Sector]++
		case "leaders":
			leadersIn[u.Area]++
		}
		if p.Tier != "" {
			if waves[u.Area] == nil {
				waves[u.Area] = map[string]bool{}
			}
			waves[u.Area][u.Wave] = true
		}
	}
	for sector, want := range map[string]int{"municipal": 2200, "primary": 600, "hospital": 1200} {
		if sectors[sector] != want {
			t.Errorf("%d staff in %s, want %d", sectors[sector], sector, want)
		}
	}
	if len(waves) != 49 || len(leadersIn) != 49 {
		t.Errorf("staff in %d and leaders in %d municipalities, want 49", len(waves), len(leadersIn))
	}
	for area, in := range waves {
		if len(in) != 1 {
			t.Errorf("municipality %s is in %d waves", area, len(in))
		}
	}
	for area, want := range map[string]string{"1488": "w1", "1482": "w1", "1496": "w2", "1490": "w2", "1441": "w2", "1480": "w3"} {
		if !waves[area][want] {
			t.Errorf("municipality %s is in %v, want %s", area, waves[area], want)
		}
	}
	if n := len(problem.Venues); n < 90 || n > 120 {
		t.Errorf("%d venues, want about 100", n)
	}
}

func TestPlacesLieInTheRegion(t *testing.T) {
	problem, _ := demo.Direkt(demo.Options{Staff: 40_000})
	inside := func(what string, lat, lon float64) {
		if lat < 57.0 || lat > 59.4 || lon < 10.9 || lon > 14.8 {
			t.Errorf("%s at %v, %v", what, lat, lon)
		}
	}
	names := map[string]bool{}
	for _, u := range problem.Units {
		inside(u.ID, u.Lat, u.Lon)
		if names[u.Name] {
			t.Errorf("two units are called %s", u.Name)
		}
		names[u.Name] = true
	}
	venues := map[string]bool{}
	for _, v := range problem.Venues {
		inside(v.ID, v.Lat, v.Lon)
		if v.Capacity < 12 || v.Capacity > 30 || v.Rooms < 1 || v.Rooms > 2 || len(v.Closed) == 0 {
			t.Errorf("venue %s has capacity %d, %d rooms, %d closed times", v.ID, v.Capacity, v.Rooms, len(v.Closed))
		}
		if venues[v.Name] {
			t.Errorf("two venues are called %s", v.Name)
		}
		venues[v.Name] = true
	}
}

func TestContactsReachNobodyReal(t *testing.T) {
	problem, contacts := demo.Direkt(demo.Options{Staff: 40_000})
	address := regexp.MustCompile(`^[a-z0-9-]+\.[a-z0-9-]+\.[0-9]+@[a-z0-9-]+\.example\.org$`)
	seen := map[string]bool{}
	protected, english := 0, 0
	given, family := map[string]bool{}, map[string]bool{}
	for _, c := range contacts {
		if !address.MatchString(c.Email) || seen[c.Email] {
			t.Fatalf("address %q", c.Email)
		}
		seen[c.Email] = true
		given[c.Given], family[c.Family] = true, true
		if c.Occupation == "" || c.Language != "sv" && c.Language != "en" {
			t.Fatalf("%s has occupation %q and language %q", c.ID, c.Occupation, c.Language)
		}
		if c.Protected {
			protected++
		}
		if c.Language == "en" {
			english++
		}
	}
	n := len(problem.People)
	if protected < n/500-1 || protected > n/500+1 {
		t.Errorf("%d of %d protected, want two in a thousand", protected, n)
	}
	if english < n*4/100 || english > n*6/100 {
		t.Errorf("%d of %d in English, want about 5 %%", english, n)
	}
	if len(given) < 150 || len(family) < 200 {
		t.Errorf("%d given and %d family names, want at least 150 and 200", len(given), len(family))
	}
}

func TestFoldedAddressesKeepTheLettersOfTheName(t *testing.T) {
	_, contacts := demo.Direkt(demo.Options{Staff: 40_000})
	for _, c := range contacts {
		local := strings.Split(c.Email, ".")
		if len(local[0]) != len([]rune(c.Given)) || len(local[1]) != len([]rune(c.Family)) {
			t.Fatalf("%s became %s", c.Name(), c.Email)
		}
	}
}

func TestWishesAndAbsencesHaveTheirShare(t *testing.T) {
	problem, _ := demo.Direkt(demo.Options{})
	disliking, limited, absent, rota, staff := 0, 0, 0, 0, 0
	for _, p := range problem.People {
		if p.Tier != "staff" {
			continue
		}
		staff++
		if len(p.Dislikes) > 0 {
			disliking++
		}
		if p.MaxTravel != nil {
			limited++
		}
		if len(p.Closed) > 0 {
			absent++
		}
		if p.Calendar != "" {
			rota++
		}
	}
	for _, share := range []struct {
		what           string
		n, least, most int
	}{
		{"dislike a half-day", disliking, 12, 18},
		{"limit their travel", limited, 8, 12},
		{"have leave of their own", absent, 40, 65},
		{"follow a rota", rota, 70, 90},
	} {
		if share.n < staff*share.least/100 || share.n > staff*share.most/100 {
			t.Errorf("%d of %d %s, want %d to %d %%", share.n, staff, share.what, share.least, share.most)
		}
	}
	if n := len(problem.Calendars); n < 12 || n > 24 {
		t.Errorf("%d calendars, want 12 to 24", n)
	}
}
