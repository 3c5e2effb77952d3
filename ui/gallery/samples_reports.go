package gallery

import (
	"time"

	"kaskad/ui"
)

func (s sampler) reports() map[string]any {
	abouts := []string{"coverage", "travel", "mix", "leaders", "fairness"}
	heat := ui.ReportTable{Key: "coverage", First: s.in("Kommun", "Municipality")}
	for i := range 12 {
		heat.Columns = append(heat.Columns, ui.ReportColumn{Month: time.Date(2027, time.Month(2+i), 1, 0, 0, 0, 0, s.zone), Ahead: i > 4})
	}
	for i, name := range []string{s.in("Alla", "All"), "Borås", "Göteborg", "Skövde", "Åmål"} {
		row := ui.ReportRow{Label: name, Sum: i == 0, Href: "/seminars?area=1490"}
		for month := range 12 {
			n := min(max((month-i)*14, 0), 100)
			cell := ui.ReportCell{Kind: "percent", N: n, Step: 1}
			if n > 0 {
				cell.Step = 2 + n/25
			}
			row.Cells = append(row.Cells, cell)
		}
		heat.Rows = append(heat.Rows, row)
	}
	heat.Rows[0].Href = ""
	travel := ui.ReportTable{Key: "travel", First: s.in("Restid", "Travel time"), Columns: []ui.ReportColumn{{Label: s.in("Platser", "Seats")}, {Label: s.in("Andel", "Share")}}}
	for i, n := range []int{4012, 6120, 3804, 1502, 0} {
		travel.Rows = append(travel.Rows, ui.ReportRow{Label: []string{"0–14 min", "15–29 min", "30–44 min", "45–59 min", "60–74 min"}[i],
			Cells: []ui.ReportCell{{Kind: "bar", N: n, Bar: n * 100 / 6120}, {Kind: "percent", N: n * 100 / 15438}}})
	}
	fair := ui.ReportTable{Key: "fairness-sector", First: s.in("Sektor", "Sector"), Columns: []ui.ReportColumn{{Label: s.in("Personer", "People")}, {Label: s.in("Restid, median", "Travel, median")}, {Label: s.in("Behov utan plats", "Needs without a seat")}},
		Rows: []ui.ReportRow{{Label: s.in("Kommun", "Municipal"), Cells: []ui.ReportCell{{Kind: "num", N: 2400}, {Kind: "minutes", N: 17, Step: 2}, {Kind: "percent", N: 0, Step: 1}}},
			{Label: "Region", Cells: []ui.ReportCell{{Kind: "num", N: 1100}, {Kind: "minutes", N: 31, Step: 3}, {Kind: "percent", N: -1}}}}}
	mix := ui.ReportTable{Key: "mix-seminars", First: s.in("Seminarium", "Seminar"), Columns: []ui.ReportColumn{{Label: s.in("Deltagare", "Participants")}, {Label: s.in("Kommun", "Municipal"), Part: 1}, {Label: "Region", Part: 2}},
		Rest: make([]ui.ReportRow, 40)}
	for _, n := range []int{18, 14, 9} {
		mix.Rows = append(mix.Rows, ui.ReportRow{Label: "Skövde, 8 juni 2027", Href: "/seminars/s1",
			Cells: []ui.ReportCell{{Kind: "bar", N: 18, Bar: 100, Parts: []int{n * 100 / 18, 100 - n*100/18}}, {Kind: "num", N: n}, {Kind: "num", N: 18 - n}}})
	}
	return map[string]any{
		"reports-mix":      ui.Reports{About: "mix", Abouts: abouts, Sentence: s.in("38 av 43 seminarier samlar alla sektorer.", "38 of 43 seminars bring all sectors together."), Tables: []ui.ReportTable{mix}},
		"reports":          ui.Reports{About: "coverage", Abouts: abouts, Sentence: s.in("38 % av behoven är klara i dag, 97 % när allt som är planerat är hållet.", "38% of the needs are met today, 97% when all that is planned has been held."), Tables: []ui.ReportTable{heat}},
		"reports-travel":   ui.Reports{About: "travel", Abouts: abouts, Sentence: s.in("Hälften reser högst 21 minuter enkel väg, nio av tio högst 44 minuter.", "Half travel at most 21 minutes one way, nine in ten at most 44 minutes."), Tables: []ui.ReportTable{travel}},
		"reports-fairness": ui.Reports{About: "fairness", Abouts: abouts, Sentence: s.in("Restiden är 20 minuter i median.", "The median travel is 20 minutes."), Tables: []ui.ReportTable{fair}},
		"reports-empty":    ui.Reports{About: "coverage", Abouts: abouts},
	}
}
