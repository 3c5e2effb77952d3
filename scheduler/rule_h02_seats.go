package scheduler

// H2: "attendees of a seminar: at least seats.min, at most min(seats.max, venue
// capacity)". The least is counted in state.short, for a move may pass below it.

// seats is how many the course seats at venue v (H2).
func (c *compiled) seats(co, v int32) int32 { return min(c.courses[co].seatsMax, c.venueCap[v]) }
