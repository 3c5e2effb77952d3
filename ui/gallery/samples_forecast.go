package gallery

import "kaskad/ui"

func (s sampler) forecasts() map[string]any {
	return map[string]any{"forecast": s.forecast(), "forecast-empty": ui.Forecast{Sentence: s.in("Ingen i programmet har något utbildningsbehov än.", "Nobody in the programme needs any training yet.")}}
}

// forecastWeeks is a curve that stops short of its goal unless it goes on.
func (s sampler) forecastWeeks(weeks int) (list []ui.ForecastWeek) {
	const goal, each = 2_880_000, 55_000
	for i := range weeks {
		w := ui.ForecastWeek{Monday: s.at(2027, 1, 11+7*i, 0, 0), Ready: min(250, 20*i), Possible: min(410, 40*i), Seminars: min(24, 2*i),
			Planned: min(goal*95/100, each*i), Forecast: min(goal, each*92/100*i), Held: i < 20}
		if w.Held {
			w.Actual = w.Forecast
		}
		list = append(list, w)
	}
	return list
}

func (s sampler) forecast() ui.Forecast {
	neck := s.in("Mest saknas metodledare, i Åmål: 310 timmar.", "Method leaders are lacking most, in Åmål: 310 hours.")
	return ui.Forecast{
		Goal: 2_880_000, Done: 961_400, Planned: 2_736_000, Lacking: 72_000, Last: s.at(2028, 1, 28, 16, 0), Rate: 92, CanFill: true,
		Sentence: s.in("Målet, 48 000 timmar, nås inte: 1 200 timmar saknas när programmet är slut 28 januari 2028.", "The goal, 48,000 hours, is not reached: 1,200 hours are lacking when the programme ends 28 January 2028."),
		Neck:     neck, Weeks: s.forecastWeeks(55),
		Areas: []ui.ForecastRow{
			{Name: "Åmål", Goal: 60_480, Done: 9_000, Planned: 41_880, Lacking: 18_600, Leaders: 6, Ready: 2, Neck: s.in("Metodledare saknas", "Method leaders lacking")},
			{Name: "Borås", Goal: 220_320, Done: 81_000, Planned: 220_320, Reached: s.at(2027, 12, 17, 12, 0), Leaders: 21, Ready: 19, Neck: s.in("Personal 71 %", "Staff 71%")},
		},
		Sectors: []ui.ForecastRow{
			{Name: s.in("Kommun", "Municipal"), Goal: 1_584_000, Done: 530_000, Planned: 1_500_000, Lacking: 48_000},
			{Name: s.in("Primärvård", "Primary care"), Goal: 432_000, Done: 140_000, Planned: 432_000, Reached: s.at(2027, 12, 17, 12, 0)},
		},
		Longer: &ui.Longer{Until: s.at(2028, 4, 21, 0, 0), Slots: 120, Weeks: 12, Reached: s.at(2028, 3, 10, 12, 0), Last: s.at(2028, 4, 21, 16, 0), Curve: s.forecastWeeks(67),
			Neck: s.in("Trängst är det om metodledare i Åmål: 92 % av deras möjliga seminarier är planerade.", "Method leaders in Åmål are the tightest: 92% of the seminars they could lead are planned.")},
	}
}
