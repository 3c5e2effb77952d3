package model

import (
	"fmt"
	"regexp"
)

func (v *validator) coordinates(path place, lat, lon float64) {
	if !(lat >= -90 && lat <= 90) {
		v.wrong(path.field(".lat"), "%g is no latitude; it lies between -90 and 90", lat)
	}
	if !(lon >= -180 && lon <= 180) {
		v.wrong(path.field(".lon"), "%g is no longitude; it lies between -180 and 180", lon)
	}
}

func (v *validator) places() {
	for i, x := range v.p.Venues {
		path := place{"venues", i, ""}
		v.coordinates(path, x.Lat, x.Lon)
		if x.Capacity < 0 {
			v.wrong(path.field(".capacity"), "must not be negative")
		}
		if x.Rooms < 0 {
			v.wrong(path.field(".rooms"), "must not be negative")
		}
		if x.Calendar != "" {
			v.known(v.calendar, path.field(".calendar"), "calendar", x.Calendar)
		}
		v.intervals(path.field(".closed"), x.Closed)
	}
	for i, u := range v.p.Units {
		path := place{"units", i, ""}
		v.coordinates(path, u.Lat, u.Lon)
		v.known(v.sector, path.field(".sector"), "sector", u.Sector)
		if u.Wave != "" {
			v.known(v.wave, path.field(".wave"), "wave", u.Wave)
		}
		if u.MaxAway != nil && *u.MaxAway < 0 {
			v.wrong(path.field(".maxAway"), "must not be negative")
		}
	}
}

var halfDay = regexp.MustCompile(`^(mon|tue|wed|thu|fri|sat|sun)-(am|pm|eve)$`)

func (v *validator) people() {
	for i := range v.p.People {
		x := &v.p.People[i]
		path := place{"people", i, ""}
		v.known(v.unit, path.field(".unit"), "unit", x.Unit)
		v.needs(path, x)
		for j, d := range x.Done {
			if !v.module[d.Module] {
				v.known(v.module, path.field(fmt.Sprintf(".done[%d].module", j)), "module", d.Module)
			}
		}
		if x.Calendar != "" {
			v.known(v.calendar, path.field(".calendar"), "calendar", x.Calendar)
		}
		v.intervals(path.field(".closed"), x.Closed)
		if x.MaxTravel != nil && *x.MaxTravel < 0 {
			v.wrong(path.field(".maxTravel"), "must not be negative")
		}
		for j, h := range x.Dislikes {
			if !halfDay.MatchString(string(h)) {
				v.wrong(path.field(fmt.Sprintf(".dislikes[%d]", j)), "%q is no half-day; write for example \"mon-am\", \"fri-pm\" or \"wed-eve\"", h)
			}
		}
		v.leads(path.field(".leads"), x.Leads)
	}
}

func (v *validator) needs(path place, x *Person) {
	if x.Tier == "" {
		if len(x.Needs) > 0 {
			v.wrong(path.field(".needs"), "a person without a tier needs nothing; name the tier or leave needs out")
		}
		return
	}
	tier, ok := v.tier[x.Tier]
	if !ok {
		v.wrong(path.field(".tier"), "there is no tier %q", x.Tier)
		return
	}
	if len(x.Needs) == 0 {
		return
	}
	modules := map[string]bool{}
	for _, m := range tier.Modules {
		modules[m] = true
	}
	v.subset(modules, path.field(".needs"), "module of tier "+x.Tier, x.Needs)
}

func (v *validator) leads(path place, l *Leads) {
	if l == nil {
		return
	}
	if v.tier[l.Tier] == nil {
		v.wrong(path.field(".tier"), "there is no tier %q", l.Tier)
	}
	v.subset(v.module, path.field(".modules"), "module", l.Modules)
	for _, x := range []struct {
		name  string
		value *int
	}{{"maxPerDay", l.MaxPerDay}, {"maxPerWeek", l.MaxPerWeek}, {"maxTotal", l.MaxTotal}, {"target", l.Target}} {
		if x.value != nil && *x.value < 0 {
			v.wrong(path.field("."+x.name), "must not be negative")
		}
	}
}
