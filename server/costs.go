package main

import (
	"fmt"
	"io"

	"kaskad/model"
	"kaskad/scheduler/compare"
)

// printCost writes the contract's cost table, each term in minutes and, beside
// it, in what people would count.
func printCost(w io.Writer, k model.Cost, t compare.Terms) {
	for _, row := range []struct {
		name  string
		value int
		means string
	}{
		{"unmet", k.Unmet, "needs that no seminar meets"},
		{"total", k.Total, "minutes, the sum of all below"},
		{"travel", k.Travel, fmt.Sprintf("%s on the way for each of %d people, over the whole programme", clockText(t.TravelEach()), t.People)},
		{"leaderTravel", k.LeaderTravel, fmt.Sprintf("%s on the way for %d leaders together", clockText(t.LeaderTravel), t.Leaders)},
		{"seminars", k.Seminars, fmt.Sprintf("%d seminars with %d seats taken", t.Seminars, t.Attending)},
		{"mix", k.Mix, fmt.Sprintf("%d people meet all sectors in none of their seminars", t.Unmixed)},
		{"crowding", k.Crowding, fmt.Sprintf("%d seminars with many of one unit", t.Crowded)},
		{"continuity", k.Continuity, fmt.Sprintf("%d people meet more than one leader", t.Changing)},
		{"pace", k.Pace, fmt.Sprintf("%d people wait long between two modules", t.Waiting)},
		{"earliness", k.Earliness, fmt.Sprintf("%d.%d weeks into the wave on average", t.TenthsOfWeeks()/10, t.TenthsOfWeeks()%10)},
		{"fairness", k.Fairness, fmt.Sprintf("%d leaders beyond their target", t.Overloaded)},
		{"preference", k.Preference, fmt.Sprintf("%d seats at half-days that people dislike", t.Disliked)},
		{"disruption", k.Disruption, fmt.Sprintf("%d people moved from what they have been told", t.Moved)},
	} {
		fmt.Fprintf(w, "%-13s %10d  %s\n", row.name, row.value, row.means)
	}
}

// clockText writes minutes as hours and minutes.
func clockText(minutes int) string { return fmt.Sprintf("%d h %02d min", minutes/60, minutes%60) }
