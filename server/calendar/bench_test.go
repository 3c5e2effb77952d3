package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"kaskad/server/calendar"
)

// A leader with forty seminars: the largest feed of a programme.
func BenchmarkFeedOfFortySeminars(b *testing.B) {
	var events []calendar.Event
	for i := range 40 {
		e := seminar(b)
		e.UID = fmt.Sprint(i, "-feed")
		e.Start, e.End = e.Start.Add(time.Duration(i)*24*time.Hour), e.End.Add(time.Duration(i)*24*time.Hour)
		events = append(events, e)
	}
	zone := stockholm(b)
	b.ReportAllocs()
	for b.Loop() {
		if feed := calendar.RenderFeed("DiREKT", "sv", source, zone, events); len(feed.Quarantined) > 0 {
			b.Fatal(feed.Quarantined)
		}
	}
}
