package scheduler

import (
	"kaskad/model"
)

// Moved is a state after some moves: its running total beside the one counted
// from nothing.
type Moved struct{ Running, Recounted, Broken int }

// Move plans p, then makes so many random moves of every kind, at a temperature
// at which most are kept, and shows the state after each so many.
func Move(p *model.Problem, seed uint64, moves, every int64, look func(Moved)) error {
	se, _, _, err := searching(p, seed)
	if err != nil {
		return err
	}
	st := se.st
	if len(st.at) == 0 || se.c.nVenues == 0 || se.c.slots.len() == 0 {
		return nil // there is nothing to move
	}
	for made := int64(0); made < moves; made += every {
		se.run(every, 200)
		look(Moved{int(st.total), st.recount().Total, st.broken})
	}
	return nil
}
