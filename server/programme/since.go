package programme

import (
	"context"

	"kaskad/model"
	"kaskad/server/store"
)

// mostSince bounds how far back Since looks: who has had a page open for longer
// than so many changes loads it again anyway.
const mostSince = 200

// Since lists what has been committed after an entry, oldest first, up to the
// State at hand.
func (s *Service) Since(ctx context.Context, seq uint64) (list []model.Entry, err error) {
	newest := s.State().Seq
	if seq >= newest {
		return nil, nil
	}
	if newest-seq > mostSince {
		seq = newest - mostSince
	}
	err = s.store.Entries(ctx, s.ID, seq+1, func(e store.Entry) error {
		events, err := model.DecodeEvents(e.Events)
		if err == nil && e.Seq <= newest {
			list = append(list, model.Entry{Seq: e.Seq, At: e.At, Actor: e.Actor, Events: events})
		}
		return err
	})
	return list, err
}
