package programme

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/server/store"
)

// uploadBucket holds files that a coordinator is looking at before they are
// taken in. They are full of personal data, and go within a day.
const uploadBucket = "uploads"

// uploadChunk is how much of a file a record holds, in bytes.
const uploadChunk = 1_500_000

// KeepUpload lays a file down under an id made by StageID, and takes away those
// that nobody has come back to.
func (s *Service) KeepUpload(ctx context.Context, id string, data []byte) error {
	if err := s.sweepUploads(ctx); err != nil {
		return err
	}
	for n := 0; n*uploadChunk < len(data); n++ {
		part := data[n*uploadChunk : min((n+1)*uploadChunk, len(data))]
		if err := s.store.Put(ctx, uploadBucket, fmt.Sprintf("%s/%04d", id, n), part); err != nil {
			return err
		}
	}
	return nil
}

// Upload reads a file that was laid down. NotFound when it has been taken in,
// dropped or is too old.
func (s *Service) Upload(ctx context.Context, id string) ([]byte, error) {
	var data []byte
	for n := 0; ; n++ {
		part, err := s.store.Get(ctx, uploadBucket, fmt.Sprintf("%s/%04d", id, n))
		if errors.Is(err, store.ErrNotFound) && n > 0 {
			return data, nil
		}
		if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrInvalid) {
			return nil, model.Errorf(model.NotFound, "import.no-upload", "this file has been taken in or is too old; choose it again")
		}
		if err != nil {
			return nil, err
		}
		data = append(data, part...)
	}
}

// DropUpload takes a file away.
func (s *Service) DropUpload(ctx context.Context, id string) error {
	return s.dropUploads(ctx, func(found string) bool { return found == id })
}

func (s *Service) sweepUploads(ctx context.Context) error {
	return s.dropUploads(ctx, func(id string) bool { return tooOld(id, s.now()) })
}

func (s *Service) dropUploads(ctx context.Context, goes func(id string) bool) error {
	var keys []string
	err := s.store.All(ctx, uploadBucket, func(key string, _ []byte) error {
		if id, _, _ := strings.Cut(key, "/"); goes(id) {
			keys = append(keys, key)
		}
		return nil
	})
	for _, key := range keys {
		if err == nil {
			err = s.store.Delete(ctx, uploadBucket, key)
		}
	}
	return err
}

// stageForm begins the ids of what waits in the store.
const stageForm = "20060102T150405Z"

// StageID is a new id for what waits in the store: when, and something nobody else has.
func StageID(now time.Time, nonce string) string { return now.UTC().Format(stageForm) + "-" + nonce }

// tooOld tells whether something has waited for more than a day.
func tooOld(id string, now time.Time) bool {
	at, _, _ := strings.Cut(id, "-")
	since, err := time.Parse(stageForm, at)
	return err != nil || now.Sub(since) > 24*time.Hour
}

// Import makes an amendment, and the contacts that come with it, as one entry:
// the contacts are staged first and made everybody's with the entry. Base is the
// Seq of the State the amendment was made from.
func (s *Service) Import(ctx context.Context, by model.Actor, change model.ImportRoster, contacts []model.Contact) error {
	if by.Role != model.Coordinator {
		return model.Errorf(model.Forbidden, "error.coordinators-only", "only coordinators may do this")
	}
	change.Now = s.now()
	if len(contacts) > 0 {
		change.Staged = StageID(s.now(), store.NewNonce())
		if err := s.People.Stage(ctx, change.Staged, contacts); err != nil {
			return err
		}
	}
	_, err := s.Do(ctx, by, change)
	if model.CodeOf(err) != "" && change.Staged != "" {
		err = errors.Join(err, s.People.unstage(ctx, change.Staged))
	}
	return err
}
