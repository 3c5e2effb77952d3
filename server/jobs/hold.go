package jobs

import (
	"context"
	"errors"

	"kaskad/model"
)

// Hold takes something back while nothing is sent, by any server: still is true,
// and what Untold says holds until take has ended. When mails are leaving just
// now it does not wait for them; still is false.
func (i *Invites) Hold(ctx context.Context, take func(still bool) error) error {
	o := i.Outbox()
	if !o.running.TryLock() {
		return take(false)
	}
	defer o.running.Unlock()
	err := o.turn.begin(ctx, o)
	if err == nil {
		err = take(true)
	} else if errors.Is(err, errNotMine) {
		return take(false)
	}
	if ended := o.turn.end(ctx, o); err == nil {
		err = ended
	}
	return err
}

// Untold are the seats that a step cancelled and whose holders have not been told so.
func (i *Invites) Untold(state *model.State, steps []model.SeatStep) (list []model.SeatKey) {
	for _, x := range steps {
		seats := state.Seats[x.SeatKey]
		if len(seats) != x.Generation+1 || !seats[x.Generation].Cancelled {
			continue
		}
		_, r, told := i.Outbox().newest(x.UID(state.Roster.Problem.Programme.ID, x.Generation))
		if !told || r.Kind != Cancel {
			list = append(list, x.SeatKey)
		}
	}
	return list
}
