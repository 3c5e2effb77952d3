package gallery

import (
	"fmt"
	"strconv"

	"kaskad/ui"
	"kaskad/ui/regionmap"
)

var modules = []string{"Interoperabilitet", "Informatik", "Etik", "Juridik"}

func (s sampler) waveName(n int) string { return s.in("Våg ", "Wave ") + strconv.Itoa(n) }

func (s sampler) waveRows() []ui.WaveRow {
	return []ui.WaveRow{
		{ID: "w1", Name: s.waveName(1), Number: 1, From: s.at(2027, 3, 1, 0, 0), To: s.at(2027, 6, 24, 0, 0), State: ui.WavePublished, Areas: 15, People: 613, Trained: 402, Seminars: 164},
		{ID: "w2", Name: s.waveName(2), Number: 2, From: s.at(2027, 4, 12, 0, 0), To: s.at(2027, 9, 30, 0, 0), State: ui.WaveChanged, Areas: 8, People: 518, Trained: 121, Seminars: 139, Unmet: 3},
		{ID: "w3", Name: s.waveName(3), Number: 3, From: s.at(2027, 8, 30, 0, 0), To: s.at(2027, 12, 17, 0, 0), State: ui.WaveDraft, Areas: 14, People: 649, Seminars: 171},
		{ID: "w4", Name: s.waveName(4), Number: 4, From: s.at(2027, 9, 20, 0, 0), To: s.at(2028, 3, 31, 0, 0), State: ui.WaveDraft, Areas: 12, People: 2220, Seminars: 571, Unmet: 12},
	}
}

func (s sampler) overview() ui.Overview {
	return ui.Overview{
		Goal:    s.in("4 000 medarbetare ska gå fyra moduler i seminarier där tre sektorer möts.", "4,000 staff go through four modules in seminars where three sectors meet."),
		Trained: 523, Planned: 3462, Target: 4000,
		MinutesDone: 9120 * 60, MinutesPlan: 38664 * 60, MinutesT: 48000 * 60,
		LeadersReady: 168, Leaders: 250, Week: 14, Weeks: 57, From: s.at(2027, 3, 1, 0, 0), To: s.at(2028, 3, 31, 0, 0),
		Mixed: 1003, Seminars: 1045,
		Modules: s.moduleProgress(),
		Waves:   s.waveRows(),
		Attention: []ui.Notice{
			{Kind: ui.Failure, Text: s.in("Etik i Hjo den 8 juni saknar metodledare. 14 deltagare är bokade.", "Ethics in Hjo on 8 June has no leader. 14 participants are booked."), Href: "/seminars/s1", Link: s.in("Visa seminariet", "Show the seminar")},
			{Kind: ui.Warning, Text: s.in("15 behov i våg 2 och 4 har ingen plats i planen.", "15 needs in waves 2 and 4 have no place in the plan."), Href: "/plan", Link: s.in("Se varför", "See why")},
			{Kind: ui.Warning, Text: s.in("42 seminarier saknar någon sektor.", "42 seminars lack a sector."), Href: "/seminars", Link: s.in("Visa dem", "Show them")},
			{Kind: ui.Info, Text: s.in("Våg 2 har ändringar som inte är publicerade.", "Wave 2 has changes that are not published."), Href: "/waves/publish?wave=w2", Link: s.in("Granska", "Review")},
		},
		Next: s.rows(5), Curve: s.forecast(),
	}
}

func (s sampler) moduleProgress() []ui.ModuleProgress {
	var progress []ui.ModuleProgress
	for i, attended := range []int{1180, 842, 611, 523} {
		progress = append(progress, ui.ModuleProgress{Name: modules[i], Attended: attended, Planned: 3985 - attended, Target: 4000})
	}
	return progress
}

func (s sampler) mapPage(colour string, drawn *regionmap.Map, areas []ui.MapArea) ui.MapPage {
	m := ui.MapPage{Colour: colour, Show: "areas", Selected: "1496", Map: drawn}
	for _, w := range s.waveRows() {
		m.Waves = append(m.Waves, ui.Option{Value: strconv.Itoa(w.Number), Label: w.Name})
	}
	for _, a := range areas {
		a.WaveName = s.waveName(a.Wave)
		m.Areas = append(m.Areas, a)
	}
	for i := range 40 {
		m.Weeks = append(m.Weeks, s.at(2027, 3, 1+7*i, 0, 0))
	}
	m.Flows = []ui.Flow{
		{Name: "Billingehus", Param: "venue", Value: "v1", Wave: 1, People: 41, Travel: 12, Line: "M740 470L700 500", Width: 9},
		{Name: "Medborgarhuset, Mösseberg", Param: "venue", Value: "v2", Wave: 1, People: 12, Travel: 31, Line: "M740 470L690 560", Width: 4},
		{Others: 3, People: 5, Travel: 44},
	}
	return m
}

// venueMap lists venues, with one of them selected in a week.
func (s sampler) venueMap(drawn *regionmap.Map, areas []ui.MapArea) ui.MapPage {
	m := s.mapPage("coverage", drawn, areas)
	m.Show, m.Selected, m.Week, m.More = "venues", "", 12, 3
	m.Venues = []ui.MapVenue{
		{ID: "v1", Name: "Billingehus", Area: "Skövde", Shown: true, X: 420, Y: 300, Size: 16, Seminars: 41, People: 512, Taken: 702, Seats: 738, Travel: 14, Mixed: 39, Rooms: 2, Holds: 18},
		{ID: "v2", Name: "Medborgarhuset, Mösseberg", Area: "Falköping", Shown: true, X: 390, Y: 350, Size: 7, Seminars: 9, People: 88, Taken: 120, Seats: 162, Travel: 22, Mixed: 4, Rooms: 1, Holds: 18},
		{ID: "v9", Name: "Teams", Online: true, Seminars: 2, People: 31, Taken: 31, Seats: 36, Rooms: 1, Holds: 18},
	}
	m.Venue = &m.Venues[0]
	for i := range m.Flows {
		if f := &m.Flows[i]; f.Value != "" {
			f.Name, f.Param, f.Value = places[i].area, "area", "1496"
		}
	}
	return m
}

func (s sampler) boundaries() ui.BoundariesPage {
	return ui.BoundariesPage{
		Now:    &ui.Boundaries{Source: "SCB", At: s.at(2027, 2, 3, 9, 0), Points: 3900, Areas: 48, Missing: []string{"Öckerö"}},
		Source: "SCB", Error: s.in("Yta 3 i filen saknar kommunkod. Lägg koden, fyra siffror, i ett fält som heter till exempel kommunkod.", "Area 3 of the file has no municipality code. Put the code, four digits, in a field called for instance kommunkod."),
	}
}

var places = []struct{ area, venue string }{
	{"Skövde", "Kunskapscentrum, sal Billingen"}, {"Hjo", "Vårdcentralen Hjo, konferensen"}, {"Borås", "Södra Älvsborgs sjukhus, sal 3"},
	{"Falköping", "Medborgarhuset, Mösseberg"}, {"Lidköping", "Stadshuset, Kinnekulle"}, {"Ulricehamn", "Kommunhuset, Åsunden"},
}

var names = []string{"Ahmed Yusuf", "Britta Sandell", "Elin Åkesson", "Johan Nyberg", "Mirza Hodžić", "Siv Örtengren", "Tove Wikström"}

func (s sampler) sectors(i int) []ui.SectorCount {
	return []ui.SectorCount{{Name: s.in("Kommun", "Municipal"), N: 6 + i%4}, {Name: s.in("Primärvård", "Primary care"), N: 3 + i%3}, {Name: s.in("Sjukhus", "Hospital"), N: 4 - i%3}}
}

// rows are n seminars on the days from 7 June 2027.
func (s sampler) rows(n int) []ui.SeminarRow {
	var rows []ui.SeminarRow
	for i := range n {
		start := s.at(2027, 6, 7+i/3, 8+(i%3)*4, 30)
		p := places[i%len(places)]
		wave := 1 + i%2
		row := ui.SeminarRow{
			ID: fmt.Sprintf("s%d", i+1), Start: start, End: start.Add(180 * 60e9), Module: modules[i%4], Area: p.area, Venue: p.venue,
			Leaders: []string{names[i%len(names)]}, Attendees: 14 + i%6, Seats: 20, Sectors: s.sectors(i),
			Wave: wave, WaveName: s.waveName(wave), State: ui.SeminarPublished,
		}
		switch i {
		case 1:
			row.NeedsLeader, row.Leaders = true, nil
		case 2:
			row.State = ui.SeminarChanged
		case 4:
			row.MissingSectors = 1
			row.State = ui.SeminarDraft
		case 5:
			row.Online, row.Venue = true, s.in("Videomöte", "Video meeting")
		}
		rows = append(rows, row)
	}
	return rows
}

func (s sampler) seminars(areas []ui.MapArea) ui.Seminars {
	list := ui.Seminars{Filter: ui.SeminarFilter{Wave: "w1"}, Rows: s.rows(14), Total: 303, Pager: ui.Pager{Page: 2, Pages: 7}}
	for _, w := range s.waveRows() {
		list.Waves = append(list.Waves, ui.Option{Value: w.ID, Label: w.Name})
	}
	for _, a := range areas {
		list.Areas = append(list.Areas, ui.Option{Value: a.Code, Label: a.Name})
	}
	for i, m := range modules {
		list.Modules = append(list.Modules, ui.Option{Value: "m" + strconv.Itoa(i), Label: m})
	}
	return list
}

func (s sampler) seminar() ui.Seminar {
	row := s.rows(3)[2]
	row.Findings = []ui.Notice{{Kind: ui.Warning, Text: s.in("Två deltagare från samma enhet är borta samtidigt. Enheten tillåter en.", "Two participants from one unit are away at once. The unit allows one.")}}
	page := ui.Seminar{
		SeminarRow: row, History: s.historyLines(), Address: "Brämhultsvägen 53, Borås", Rooms: s.in("Plan 2", "Floor 2"),
	}
	units := []string{"Hemtjänsten Norrby", "Vårdcentralen Heimdal", "Medicinavdelning 4", "Särskilt boende Distansgatan"}
	for i := range row.Attendees {
		page.People = append(page.People, ui.Attendee{Name: names[(i+2)%len(names)], Unit: units[i%4], Sector: row.Sectors[i%3].Name, TravelMinutes: 8 + i*3, Protected: i == 5})
		if i == 5 {
			page.People[i].Name, page.People[i].Unit = "", ""
		}
	}
	return page
}
