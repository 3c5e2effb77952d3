package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// chunkBytes of data go into one chunk, compressed on its own: then two servers
// whose compressors differ still write chunks that fit together. Data that do
// not compress grow by less than a thousandth, and stay under 2 MiB.
const chunkBytes = 2_000_000

type chunkDoc struct {
	ID    string `bson:"_id"`
	Parts int    `bson:"parts"` // of the whole content
	GZ    []byte `bson:"gz"`
}

func partID(name string, part int) string { return fmt.Sprintf("%s/%05d", name, part) }

// putChunks stores data under name, which must contain its hash, first part
// first: who finds the last part finds all.
func (m *Mongo) putChunks(ctx context.Context, name string, data []byte) error {
	parts := max(1, (len(data)+chunkBytes-1)/chunkBytes)
	last := m.chunks.FindOne(ctx, byID(partID(name, parts-1)), options.FindOne().SetProjection(bson.M{"_id": 1}))
	if err := last.Err(); !errors.Is(err, mongo.ErrNoDocuments) {
		return err
	}
	for part := range parts {
		raw := data[part*chunkBytes : min(len(data), (part+1)*chunkBytes)]
		err := insertDoc(ctx, m.chunks, chunkDoc{ID: partID(name, part), Parts: parts, GZ: squeeze(raw)})
		if err != nil && !errors.Is(err, ErrTaken) { // taken: an earlier try, or another server, has stored the same
			return err
		}
	}
	return nil
}

// chunksOf reads what putChunks stored, checked against its hash. ErrNotFound
// also if a part is missing: then its writer never got to the end.
func (m *Mongo) chunksOf(ctx context.Context, name, hash string) ([]byte, error) {
	var whole bytes.Buffer
	for part, parts := 0, 1; part < parts; part++ {
		var d chunkDoc
		if err := find(ctx, m.chunks, partID(name, part), &d); err != nil {
			return nil, err
		}
		raw, err := unsqueeze(d.GZ)
		if err != nil {
			return nil, &CorruptError{What: d.ID, Err: err}
		}
		whole.Write(raw)
		parts = d.Parts
	}
	if hexSum(whole.Bytes()) != hash {
		return nil, &CorruptError{What: name}
	}
	return whole.Bytes(), nil
}

func (m *Mongo) PutBlob(ctx context.Context, data []byte) (string, error) {
	hash := hexSum(data)
	return hash, m.putChunks(ctx, hash, data)
}

func (m *Mongo) Blob(ctx context.Context, hash string) ([]byte, error) {
	return m.chunksOf(ctx, hash, hash)
}

// checkpointDoc names the chunks of a checkpoint. It is written after them.
type checkpointDoc struct {
	ID   string `bson:"_id"`
	Seq  int64  `bson:"seq"`
	Hash string `bson:"hash"`
}

// checkpointChunks begins the names of a checkpoint's chunks: they sort by
// number, so that old ones are removed by range, and share nothing with blobs.
func checkpointChunks(id string) string { return "checkpoint/" + id }

func (d checkpointDoc) chunks() string { return checkpointChunks(d.ID) + "/" + d.Hash }

func (m *Mongo) PutCheckpoint(ctx context.Context, programme string, seq uint64, data []byte) error {
	if err := checkCheckpoint(programme, seq); err != nil {
		return err
	}
	d := checkpointDoc{ID: numbered(programme, seq), Seq: int64(seq), Hash: hexSum(data)}
	if err := m.putChunks(ctx, d.chunks(), data); err != nil {
		return err
	}
	if err := replace(ctx, m.checkpoints, upsert(d.ID, d)); err != nil {
		return err
	}
	newest, err := m.newestCheckpoints(ctx, programme)
	if err != nil || len(newest) < keptCheckpoints {
		return err
	}
	oldest := newest[keptCheckpoints-1].ID
	if _, err := m.checkpoints.DeleteMany(ctx, between(key(programme), oldest)); err != nil {
		return err
	}
	_, err = m.chunks.DeleteMany(ctx, between(checkpointChunks(key(programme)), checkpointChunks(oldest)))
	return err
}

func (m *Mongo) newestCheckpoints(ctx context.Context, programme string) ([]checkpointDoc, error) {
	cursor, err := m.checkpoints.Find(ctx, between(key(programme), afterKey(programme)),
		options.Find().SetSort(bson.M{"_id": -1}).SetLimit(keptCheckpoints))
	if err != nil {
		return nil, err
	}
	var docs []checkpointDoc
	err = cursor.All(ctx, &docs)
	return docs, err
}

// Checkpoint steps over one that is damaged or was pruned meanwhile: an older
// one or the journal will do.
func (m *Mongo) Checkpoint(ctx context.Context, programme string) (uint64, []byte, error) {
	newest, err := m.newestCheckpoints(ctx, programme)
	if err != nil {
		return 0, nil, err
	}
	for _, d := range newest {
		data, err := m.chunksOf(ctx, d.chunks(), d.Hash)
		var corrupt *CorruptError
		switch {
		case err == nil:
			return uint64(d.Seq), data, nil
		case !errors.Is(err, ErrNotFound) && !errors.As(err, &corrupt):
			return 0, nil, err
		}
	}
	return 0, nil, ErrNotFound
}
