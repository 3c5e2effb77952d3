package programme

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kaskad/model"
	"kaskad/server/boundary"
	"kaskad/server/store"
)

// boundaryBucket holds the boundaries each programme's map is drawn with, one
// record a programme. They are a picture and no part of the plan, so they are
// not in the journal.
const boundaryBucket = "boundaries"

// Boundaries are official boundaries that a coordinator has taken in.
type Boundaries struct {
	Source string       `json:"source"` // who they are from, as the map says
	At     time.Time    `json:"at"`
	By     string       `json:"by"` // person id
	Areas  boundary.Set `json:"areas"`
}

// Boundaries reads them; nil when there are none. Version changes with every change.
func (s *Service) Boundaries(ctx context.Context) (b *Boundaries, version string, err error) {
	doc, err := s.store.Get(ctx, boundaryBucket, s.ID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	b = &Boundaries{}
	if err := json.Unmarshal(doc, b); err != nil {
		return nil, "", fmt.Errorf("boundaries of %s: %w", s.ID, err)
	}
	return b, model.Ref(doc), nil
}

// KeepBoundaries replaces the boundaries.
func (s *Service) KeepBoundaries(ctx context.Context, b *Boundaries) error {
	doc, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return s.store.Put(ctx, boundaryBucket, s.ID, doc)
}

// DropBoundaries takes them away; the map is schematic again.
func (s *Service) DropBoundaries(ctx context.Context) error {
	return s.store.Delete(ctx, boundaryBucket, s.ID)
}
