package busy

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"time"

	"kaskad/model"
)

// openTimes are when seminars can be from now on, apart from each other. When
// somebody is busy at any other time is nobody's business.
func openTimes(s *model.State, now time.Time) []model.Interval {
	var times []model.Interval
	for _, slot := range s.Roster.Problem.Slots {
		if slot.End.After(now) {
			times = append(times, model.Interval{From: slot.Start.UTC(), To: slot.End.UTC()})
		}
	}
	return model.Joined(times)
}

// overlap is what two lists of times, each by time and apart, have in common.
func overlap(a, b []model.Interval) []model.Interval {
	var both []model.Interval
	for i, j := 0, 0; i < len(a) && j < len(b); {
		from, to := a[i].From, a[i].To
		if b[j].From.After(from) {
			from = b[j].From
		}
		if b[j].To.Before(to) {
			to = b[j].To
		}
		if from.Before(to) {
			both = append(both, model.Interval{From: from, To: to})
		}
		if a[i].To.Before(b[j].To) {
			i++
		} else {
			j++
		}
	}
	return both
}

// ours tells of an event in an owner's calendar that it is a seminar of this
// programme come back: by its UID, as we gave it or as Exchange wraps it, or, as
// many calendars show no UIDs of ours, by its very times. Else everybody who has accepted
// an invitation would be busy at the own seminar.
func ours(s *model.State, o model.BusyOwner) func(uid string, start, end time.Time) bool {
	own := map[string]bool{}
	for key, seats := range s.Seats {
		if key.Person == o.Person || o.Venue != "" {
			for generation := range seats {
				own[key.UID(s.Roster.Problem.Programme.ID, generation)] = true
			}
		}
	}
	var spans []model.Interval
	for _, x := range s.Seminars {
		if !x.Cancelled && o.HasPartIn(&x.Seminar) {
			start, end := s.Roster.Span(&x.Seminar)
			spans = append(spans, model.Interval{From: start, To: end})
		}
	}
	return func(uid string, start, end time.Time) bool {
		if found := kaskadUID.FindStringSubmatch(unwrapped(uid)); found != nil {
			return own[found[1]] || found[2] == "shared"
		}
		return slices.ContainsFunc(spans, func(i model.Interval) bool { return i.From.Equal(start) && i.To.Equal(end) })
	}
}

var kaskadUID = regexp.MustCompile(`([0-9a-f]{32})-(?:[A-Za-z0-9_-]+-)?(feed|invite|shared)`) // invitations carry a mark before their ending

// unwrapped finds the UID that Exchange keeps inside one of its own
// (MS-OXCICAL 2.1.3.1.1.20.26: a Global Object ID in hex, "vCal-Uid" before it).
func unwrapped(uid string) string {
	if !strings.HasPrefix(uid, "040000008200E00074C5B7101A82E008") || len(uid) > 2000 {
		return uid
	}
	raw, err := hex.DecodeString(uid)
	if err != nil {
		return uid
	}
	_, inner, ok := bytes.Cut(raw, []byte("vCal-Uid"))
	if !ok {
		return uid
	}
	return string(inner)
}
