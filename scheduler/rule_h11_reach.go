package scheduler

// H11: "one-way travel of an attendee is at most maxTravel; a module with online
// false never runs in an online venue".

// withinReach: venue v is within the travel limit of the need's person.
func (c *compiled) withinReach(nd *need, v int32) bool {
	return c.away(nd.unit, v) <= c.people[nd.person].maxTravel
}

// mayBeAt: the course may be held at venue v, which may be online.
func (c *compiled) mayBeAt(co, v int32) bool { return !c.venueOnline[v] || c.courses[co].online }
