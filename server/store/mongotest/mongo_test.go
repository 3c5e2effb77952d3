// Package mongotest runs the store's suite against a MongoDB server over the wire.
//
// The server is FerretDB 1.24, the last that needs no other database below it,
// inside the test program. It is a module of its own so that nothing of it comes
// near the product. FerretDB has no replica set: what happens when a primary
// fails is not tested here. With KASKAD_MONGO_URI set, that server is used
// instead, in a new database for each check, which is dropped afterwards.
package mongotest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/FerretDB/FerretDB/ferretdb"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"kaskad/server/jobs/jobstest"
	"kaskad/server/store"
	"kaskad/server/store/storetest"
)

var server string // its URI

func TestMain(m *testing.M) {
	if server = os.Getenv("KASKAD_MONGO_URI"); server != "" {
		os.Exit(m.Run())
	}
	code, err := withFerretDB(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// withFerretDB runs a server in a new folder for as long as run takes.
func withFerretDB(run func() int) (code int, err error) {
	dir, err := os.MkdirTemp("", "kaskad-mongotest-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	f, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Logger:    slog.New(slog.DiscardHandler),
		Handler:   "sqlite",
		SQLiteURL: "file:" + dir + "/",
	})
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	go func() { stopped <- f.Run(ctx) }()
	server = f.MongoDBURI()
	code = run()
	cancel()
	return code, <-stopped
}

// at is the server's URI with a database of its own for each place.
func at(t *testing.T, place string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(place))
	u.Path = "/kaskad-test-" + hex.EncodeToString(sum[:8])
	return u.String()
}

// client talks to the server behind the store's back. Its database is dropped
// when the test ends.
func client(t *testing.T, uri string) *mongo.Database {
	t.Helper()
	c, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	db := c.Database(strings.TrimPrefix(u.Path, "/"))
	t.Cleanup(func() {
		if err := db.Drop(context.Background()); err != nil {
			t.Errorf("drop %s: %v", db.Name(), err)
		}
		c.Disconnect(context.Background())
	})
	return db
}

func open(t *testing.T, uri string) store.Store {
	t.Helper()
	s, err := store.OpenMongo(t.Context(), uri)
	if err != nil {
		t.Fatalf("OpenMongo: %v", err)
	}
	return s
}

func TestMongoKeepsEveryPromise(t *testing.T) {
	storetest.Run(t, func(t *testing.T, place string) store.Store {
		uri := at(t, place)
		client(t, uri)
		return open(t, uri)
	})
}

func TestMongoKeepsAllInTheDatabaseOfTheAddress(t *testing.T) {
	uri := at(t, t.TempDir())
	db := client(t, uri)
	s := open(t, uri)
	defer s.Close()
	if err := s.Append(t.Context(), storetest.Entries("p/1", 1)[0]); err != nil {
		t.Fatal(err)
	}
	var doc bson.M
	if err := db.Collection("journal").FindOne(t.Context(), bson.M{}).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if doc["_id"] != "p%2F1/00000000000000000001" || doc["seq"] != int64(1) {
		t.Errorf("the journal holds %v", doc)
	}
}

// A blob whose writer was killed half way is not there; storing it again mends it.
func TestMongoMendsAHalfWrittenBlob(t *testing.T) {
	uri := at(t, t.TempDir())
	db := client(t, uri)
	s := open(t, uri)
	defer s.Close()
	data := []byte(strings.Repeat("kaskad ", 900_000)) // four chunks
	hash, err := s.PutBlob(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	chunks := db.Collection("chunks")
	for _, part := range []string{"/00003", "/00001"} {
		gone, err := chunks.DeleteOne(t.Context(), bson.M{"_id": hash + part})
		if err != nil || gone.DeletedCount != 1 {
			t.Fatalf("delete part %s: %v, %v", part, gone, err)
		}
	}
	if _, err := s.Blob(t.Context(), hash); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Blob of a half = %v, want ErrNotFound", err)
	}
	if _, err := s.PutBlob(t.Context(), data); err != nil {
		t.Fatal(err)
	}
	got, err := s.Blob(t.Context(), hash)
	if err != nil || string(got) != string(data) {
		t.Errorf("Blob after mending = %d bytes, %v", len(got), err)
	}
}

func TestMongoKeepsThreeCheckpointsAndStepsOverADamagedOne(t *testing.T) {
	uri := at(t, t.TempDir())
	db := client(t, uri)
	s := open(t, uri)
	defer s.Close()
	for seq := range uint64(5) {
		if err := s.PutCheckpoint(t.Context(), "p", seq+1, fmt.Appendf(nil, "state %d", seq+1)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []string{"checkpoints", "chunks"} {
		if n, err := db.Collection(c).CountDocuments(t.Context(), bson.M{}); n != 3 || err != nil {
			t.Errorf("%s holds %d documents, %v, want 3", c, n, err)
		}
	}
	damaged, err := db.Collection("chunks").UpdateOne(t.Context(),
		bson.M{"_id": bson.M{"$gt": "checkpoint/p/00000000000000000005/"}}, bson.M{"$set": bson.M{"gz": []byte{0}}})
	if err != nil || damaged.ModifiedCount != 1 {
		t.Fatalf("damage: %v, %v", damaged, err)
	}
	seq, data, err := s.Checkpoint(t.Context(), "p")
	if seq != 4 || string(data) != "state 4" || err != nil {
		t.Errorf("Checkpoint = %d, %q, %v, want the one before the damaged", seq, data, err)
	}
}

// Two servers share the database, as in operation: each with connections of its
// own, both sending, answering and dying.
func TestTwoServersOnMongoLoseNoMessageAndDoubleNone(t *testing.T) {
	uris := map[uint64]string{}
	jobstest.TwoServers(t, 1, func(t *testing.T, seed uint64) store.Store {
		if uris[seed] == "" {
			uris[seed] = at(t, fmt.Sprintf("%s %d", t.TempDir(), seed))
			client(t, uris[seed])
		}
		return open(t, uris[seed])
	})
}
