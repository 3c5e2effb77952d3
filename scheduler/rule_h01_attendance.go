package scheduler

// H1: "a person attends each needed module at most once, in a seminar of the own tier
// and that module; nobody attends what they do not need". A need is one such pair, and
// state.at holds the one seminar that meets it.

// needOfPerson is a person's need of a course, or none.
func (c *compiled) needOfPerson(p, co int32) int32 {
	for a := c.people[p].needFrom; a < c.people[p].needTo; a++ {
		if c.needs[a].course == co {
			return a
		}
	}
	return none
}

// needNamed is the same by the person's id.
func (c *compiled) needNamed(n *names, person string, co int32) int32 {
	if p, ok := n.person[person]; ok {
		return c.needOfPerson(p, co)
	}
	return none
}
