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

// Restore plans p, which has something published, gives up a published seminar
// that stands, and then only brings back what was published, as long as that
// pays. It returns the total at first, without the seminar, and at last.
func Restore(p *model.Problem, seed uint64, moves int) (stood, without, back int64, err error) {
	se, _, _, err := searching(p, seed)
	if err != nil {
		return 0, 0, 0, err
	}
	st := se.st
	se.prices = prices{needPrice, seatPrice}
	worth := func() int64 { return st.standing().worth(se.prices) }
	stood = worth()
	for i := range se.c.told {
		g := &se.c.told[i]
		if x := st.heldAt(g.course, g.slot, g.venue); x >= 0 && se.raze(x, 0) {
			break
		}
	}
	without = worth()
	for range moves {
		se.limit = 0
		se.restoreMove()
	}
	return stood, without, worth(), nil
}
