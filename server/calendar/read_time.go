package calendar

import (
	"errors"
	"strings"
	"time"

	ical "github.com/emersion/go-ical"
)

// moment is a DATE-TIME or a DATE; whole tells that it is a DATE, the midnight
// of which in the reader's zone is returned.
func (r *reader) moment(p *ical.Prop, text string) (t time.Time, whole bool, err error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	zone := r.o.Zone
	switch {
	case len(text) == len("20060102"):
		t, err = time.ParseInLocation("20060102", text, zone)
		whole = true
	case strings.HasSuffix(text, "Z"):
		t, err = time.Parse("20060102T150405Z", text)
	default:
		if id := p.Params.Get(ical.ParamTimezoneID); id != "" {
			zone = r.zone(id)
		}
		t, err = time.ParseInLocation("20060102T150405", text, zone)
	}
	if err == nil && (t.Year() < 1 || t.Year() > 2999) {
		err = errors.New("calendar: a time out of every calendar")
	}
	return t, whole, err
}

type zoneFound struct {
	zone    *time.Location
	guessed bool
}

// zone is the zone a TZID means. One that nobody knows is the reader's own:
// people rarely live by another, and it is counted as guessed.
func (r *reader) zone(id string) *time.Location {
	found, known := r.zones[id]
	if !known {
		found.zone = zoneNamed(id)
		if found.guessed = found.zone == nil; found.guessed {
			found.zone = r.o.Zone
		}
		if len(r.zones) < maxComponents {
			r.zones[id] = found
		}
	}
	if found.guessed {
		r.result.Guessed++
	}
	return found.zone
}

// zoneNamed finds a zone by its IANA name, that name at the end of a path (as
// Evolution and others write it), its name in Windows, or one of the towns
// Outlook lists for it. Nil for any other.
func zoneNamed(id string) *time.Location {
	id = strings.TrimSpace(strings.Trim(id, `"`))
	if len(id) > 200 || strings.EqualFold(id, "local") {
		return nil
	}
	for rest := strings.TrimPrefix(id, "/"); rest != ""; {
		if !strings.Contains(rest, "..") {
			if zone, err := time.LoadLocation(rest); err == nil {
				return zone
			}
		}
		_, after, more := strings.Cut(rest, "/")
		if !more {
			break
		}
		rest = after
	}
	if name, ok := windowsZones[strings.ToLower(strings.TrimSuffix(id, " 1"))]; ok {
		return mustLoad(name)
	}
	for town, name := range townZones {
		if strings.Contains(strings.ToLower(id), town) {
			return mustLoad(name)
		}
	}
	return nil
}

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil // a zone that this Go's data does not have
	}
	return zone
}

// townZones are towns in the names Outlook shows for its zones, such as
// "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna". Those of one
// name share a zone, so any of them will do.
var townZones = map[string]string{
	"stockholm": "Europe/Stockholm", "köpenhamn": "Europe/Copenhagen", "copenhagen": "Europe/Copenhagen", "helsing": "Europe/Helsinki",
	"helsinki": "Europe/Helsinki", "budapest": "Europe/Budapest", "sarajevo": "Europe/Warsaw", "dublin": "Europe/London", "reykjav": "Atlantic/Reykjavik",
}

// windowsZones are names of Windows with the zone of CLDR's windowsZones.xml,
// territory 001; where a town of ours shares the rules it stands instead.
var windowsZones = map[string]string{
	"w. europe standard time": "Europe/Stockholm", "central europe standard time": "Europe/Budapest", "romance standard time": "Europe/Paris",
	"central european standard time": "Europe/Warsaw", "gmt standard time": "Europe/London", "greenwich standard time": "Atlantic/Reykjavik",
	"fle standard time": "Europe/Helsinki", "gtb standard time": "Europe/Bucharest", "e. europe standard time": "Europe/Chisinau",
	"turkey standard time": "Europe/Istanbul", "russian standard time": "Europe/Moscow", "belarus standard time": "Europe/Minsk",
	"kaliningrad standard time": "Europe/Kaliningrad", "israel standard time": "Asia/Jerusalem", "egypt standard time": "Africa/Cairo",
	"south africa standard time": "Africa/Johannesburg", "morocco standard time": "Africa/Casablanca", "w. central africa standard time": "Africa/Lagos",
	"e. africa standard time": "Africa/Nairobi", "arab standard time": "Asia/Riyadh", "arabian standard time": "Asia/Dubai", "iran standard time": "Asia/Tehran",
	"pakistan standard time": "Asia/Karachi", "india standard time": "Asia/Kolkata", "bangladesh standard time": "Asia/Dhaka",
	"se asia standard time": "Asia/Bangkok", "singapore standard time": "Asia/Singapore", "china standard time": "Asia/Shanghai",
	"tokyo standard time": "Asia/Tokyo", "korea standard time": "Asia/Seoul", "w. australia standard time": "Australia/Perth",
	"aus eastern standard time": "Australia/Sydney", "e. australia standard time": "Australia/Brisbane", "cen. australia standard time": "Australia/Adelaide",
	"new zealand standard time": "Pacific/Auckland", "azores standard time": "Atlantic/Azores", "greenland standard time": "America/Nuuk",
	"e. south america standard time": "America/Sao_Paulo", "argentina standard time": "America/Argentina/Buenos_Aires",
	"atlantic standard time": "America/Halifax", "newfoundland standard time": "America/St_Johns", "eastern standard time": "America/New_York",
	"us eastern standard time": "America/Indiana/Indianapolis", "central standard time": "America/Chicago", "mountain standard time": "America/Denver",
	"us mountain standard time": "America/Phoenix", "pacific standard time": "America/Los_Angeles", "alaskan standard time": "America/Anchorage",
	"hawaiian standard time": "Pacific/Honolulu", "utc": "Etc/UTC", "coordinated universal time": "Etc/UTC",
}
