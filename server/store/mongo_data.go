package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// key begins the _id of everything in a programme or bucket. Slashes in name are
// escaped, so that one programme's keys never lie between another's.
func key(name string) string { return keyEscaper.Replace(name) + "/" }

var (
	keyEscaper   = strings.NewReplacer("%", "%25", "/", "%2F")
	keyUnescaper = strings.NewReplacer("%2F", "/", "%25", "%")
)

// afterKey is greater than every _id that begins with key(name): "0" follows "/".
func afterKey(name string) string { return keyEscaper.Replace(name) + "0" }

// numbered is the key of a number; 20 digits sort as numbers do.
func numbered(name string, n uint64) string { return fmt.Sprintf("%s%020d", key(name), n) }

// insertDoc is the atomic primitive. ErrTaken if the _id is.
func insertDoc(ctx context.Context, c *mongo.Collection, doc any) error {
	_, err := c.InsertOne(ctx, doc)
	if mongo.IsDuplicateKeyError(err) {
		return ErrTaken
	}
	return err
}

func byID(id string) bson.M { return bson.M{"_id": id} }

// between selects the keys from low up to and without high.
func between(low, high string) bson.M { return bson.M{"_id": bson.M{"$gte": low, "$lt": high}} }

// find reads one document into out. ErrNotFound.
func find(ctx context.Context, c *mongo.Collection, id string, out any) error {
	return missing(c.FindOne(ctx, byID(id)).Decode(out))
}

func missing(err error) error {
	if errors.Is(err, mongo.ErrNoDocuments) {
		return ErrNotFound
	}
	return err
}

// page reads documents from low up to and without high, in order, until they
// are many or large enough. An empty page is the end.
func page[D interface{ size() int }](ctx context.Context, c *mongo.Collection, low, high string) ([]D, error) {
	cursor, err := c.Find(ctx, between(low, high), options.Find().SetSort(bson.M{"_id": 1}).SetLimit(pageRows))
	if err != nil {
		return nil, err
	}
	defer cursor.Close(context.WithoutCancel(ctx))
	var docs []D
	for size := 0; size < pageBytes && cursor.Next(ctx); {
		var doc D
		if err := cursor.Decode(&doc); err != nil {
			return nil, err
		}
		docs = append(docs, doc)
		size += doc.size()
	}
	return docs, cursor.Err()
}

// entryDoc is an Entry as MongoDB holds it. Events are text, so that an operator
// can read them and every byte stays.
type entryDoc struct {
	ID        string `bson:"_id"`
	Programme string `bson:"programme"`
	Seq       int64  `bson:"seq"`
	Nonce     string `bson:"nonce"`
	At        int64  `bson:"at"`
	Actor     string `bson:"actor"`
	Events    string `bson:"events"`
	Prev      string `bson:"prev"`
}

func (d entryDoc) size() int { return len(d.Events) }

func (d entryDoc) entry() Entry {
	return Entry{Programme: d.Programme, Seq: uint64(d.Seq), Nonce: d.Nonce, At: d.At, Actor: d.Actor,
		Events: json.RawMessage(d.Events), Prev: d.Prev}
}

func (m *Mongo) Append(ctx context.Context, e Entry) error {
	if err := e.Check(); err != nil {
		return err
	}
	return insertDoc(ctx, m.journal, entryDoc{ID: numbered(e.Programme, e.Seq), Programme: e.Programme, Seq: int64(e.Seq),
		Nonce: e.Nonce, At: e.At, Actor: e.Actor, Events: string(e.Events), Prev: e.Prev})
}

func (m *Mongo) Entry(ctx context.Context, programme string, seq uint64) (Entry, error) {
	var d entryDoc
	if err := find(ctx, m.journal, numbered(programme, seq), &d); err != nil {
		return Entry{}, err
	}
	return d.entry(), nil
}

func (m *Mongo) Entries(ctx context.Context, programme string, from uint64, fn func(Entry) error) error {
	for from <= math.MaxInt64 {
		docs, err := page[entryDoc](ctx, m.journal, numbered(programme, from), afterKey(programme))
		if err != nil || len(docs) == 0 {
			return err
		}
		for _, d := range docs {
			if err := fn(d.entry()); err != nil {
				return err
			}
			from = uint64(d.Seq) + 1
		}
	}
	return nil
}

// Programmes jumps from one programme's first entry to the next one's: the index
// is read once per programme, however long the journals are.
func (m *Mongo) Programmes(ctx context.Context) ([]string, error) {
	var names []string
	for from := ""; ; {
		var d struct {
			ID string `bson:"_id"`
		}
		err := m.journal.FindOne(ctx, bson.M{"_id": bson.M{"$gte": from}},
			options.FindOne().SetSort(bson.M{"_id": 1}).SetProjection(bson.M{"_id": 1})).Decode(&d)
		if errors.Is(err, mongo.ErrNoDocuments) {
			slices.Sort(names) // escaping has its own order
			return names, nil
		}
		if err != nil {
			return nil, err
		}
		escaped, _, _ := strings.Cut(d.ID, "/")
		if escaped != "" { // else another server's probe
			names = append(names, keyUnescaper.Replace(escaped))
		}
		from = escaped + "0" // afterKey of the name
	}
}

func (m *Mongo) Insert(ctx context.Context, bucket, id string, doc []byte) error {
	if err := checkRecord(bucket, id, doc); err != nil {
		return err
	}
	return insertDoc(ctx, m.records, recordDoc{ID: key(bucket) + id, Doc: notNull(doc)})
}

type recordDoc struct {
	ID  string `bson:"_id"`
	Doc []byte `bson:"doc"`
}

func (d recordDoc) size() int { return len(d.Doc) }

// upsert replaces the document with that _id, or inserts it.
func upsert(id string, doc any) *mongo.ReplaceOneModel {
	return mongo.NewReplaceOneModel().SetFilter(byID(id)).SetReplacement(doc).SetUpsert(true)
}

// replace carries upserts out. Of two that insert the same document at the same
// time one is told that it is there already: trying again replaces it.
func replace(ctx context.Context, c *mongo.Collection, batch ...mongo.WriteModel) error {
	for tries := 0; ; tries++ {
		_, err := c.BulkWrite(ctx, batch, options.BulkWrite().SetOrdered(false))
		if !mongo.IsDuplicateKeyError(err) || tries == mostRaces {
			return err
		}
	}
}

// mostRaces is how often one write can lose a race against others of its document.
const mostRaces = 20

// batchRows replacements go into one command. FerretDB 1.24 holds one of its 100
// connections for each until the command ends, and stands still when none is left.
const batchRows = 50

func (m *Mongo) InsertMany(ctx context.Context, bucket string, docs map[string][]byte) error {
	for id, doc := range docs {
		if err := checkRecord(bucket, id, doc); err != nil {
			return err
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(docs)), batchRows) {
		batch := make([]mongo.WriteModel, len(ids))
		for i, id := range ids {
			batch[i] = upsert(key(bucket)+id, recordDoc{ID: key(bucket) + id, Doc: notNull(docs[id])})
		}
		if err := replace(ctx, m.records, batch...); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mongo) Put(ctx context.Context, bucket, id string, doc []byte) error {
	if err := checkRecord(bucket, id, doc); err != nil {
		return err
	}
	return replace(ctx, m.records, upsert(key(bucket)+id, recordDoc{ID: key(bucket) + id, Doc: notNull(doc)}))
}

func (m *Mongo) Get(ctx context.Context, bucket, id string) ([]byte, error) {
	var d recordDoc
	err := find(ctx, m.records, key(bucket)+id, &d)
	return d.Doc, err
}

func (m *Mongo) Delete(ctx context.Context, bucket, id string) error {
	_, err := m.records.DeleteOne(ctx, byID(key(bucket)+id))
	return err
}

// Take deletes exactly the document it has read: of several callers one delete
// counts. FindOneAndDelete would do on MongoDB; FerretDB 1.24 hands the document
// to two callers.
func (m *Mongo) Take(ctx context.Context, bucket, id string) ([]byte, error) {
	for {
		var d recordDoc
		if err := find(ctx, m.records, key(bucket)+id, &d); err != nil {
			return nil, err
		}
		deleted, err := m.records.DeleteOne(ctx, bson.M{"_id": d.ID, "doc": d.Doc})
		if err != nil {
			return nil, err
		}
		if deleted.DeletedCount == 1 {
			return d.Doc, nil
		}
	}
}

func (m *Mongo) All(ctx context.Context, bucket string, fn func(id string, doc []byte) error) error {
	for from := key(bucket); ; {
		docs, err := page[recordDoc](ctx, m.records, from, afterKey(bucket))
		if err != nil || len(docs) == 0 {
			return err
		}
		for _, d := range docs {
			if err := fn(strings.TrimPrefix(d.ID, key(bucket)), d.Doc); err != nil {
				return err
			}
			from = d.ID + "\x00" // the least key after it; no id holds a NUL
		}
	}
}
