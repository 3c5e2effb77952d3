// Package storetest is the suite every store of Kaskad passes: the races, the
// lost replies, the awkward names and sizes.
//
// Run is for tests. Checks are the same checks one by one, for a command that
// tries a customer's database.
package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"kaskad/server/store"
)

// T is what a check needs of *testing.T.
type T interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any) // must not return
}

// Open opens the store at a place, a name for one set of data: the same place
// again, after Close, is the same data; a new place is empty. It ends the check
// if it cannot.
type Open func(place string) store.Store

// Check is one promise of the Store interface. It opens what it needs at the
// place given, which must be empty, and closes it.
type Check struct {
	Name string
	Run  func(t T, open Open, place string)
}

// Checks are all promises.
var Checks = []Check{
	{"an entry comes back as it was written", entryComesBack},
	{"a number is taken once", numberTakenOnce},
	{"sixteen race for each number and one wins", raceForNumber},
	{"entries come in order from any number", entriesInOrder},
	{"an entry that breaks the form is refused", formRefused},
	{"programmes with any name are listed and apart", programmesApart},
	{"a commit tells own from rival", commitTells},
	{"a blob of any size comes back", blobComesBack},
	{"the newest checkpoint comes back", checkpointComesBack},
	{"a record is inserted once", recordInsertedOnce},
	{"records are put, replaced and deleted", recordsReplaced},
	{"records with any id come back in order", recordsInOrder},
	{"many records are stored at once, twice over", manyRecords},
	{"sixteen put one record and all have", putAtOnce},
	{"sixteen take one record and one gets it", takeOnce},
	{"a reader may use the store and may stop", readerStops},
	{"a cancelled context stops every call", cancelled},
	{"reopening keeps everything", reopening},
	{"the self-check passes and leaves nothing", selfCheck},
}

// Run holds a store to all checks, each at a fresh place: a folder that exists
// only for it and whose name is unique.
func Run(t *testing.T, open func(t *testing.T, place string) store.Store) {
	for _, c := range Checks {
		t.Run(c.Name, func(t *testing.T) {
			c.Run(t, func(place string) store.Store { return open(t, place) }, t.TempDir())
		})
	}
}

// Entries makes a right chain of n entries, the first numbered 1.
func Entries(programme string, n int) []store.Entry {
	entries := make([]store.Entry, n)
	var head store.Head
	for i := range entries {
		entries[i] = store.Entry{Programme: programme, Seq: head.Seq + 1, Nonce: store.NewNonce(), At: 1_793_000_000_000 + int64(i),
			Actor: "p1", Events: json.RawMessage(fmt.Sprintf(`[{"type":"claimed","seminar":"s%d"}]`, i)), Prev: head.Hash}
		head = store.Head{Seq: entries[i].Seq, Hash: entries[i].Hash()}
	}
	return entries
}

func appendAll(t T, s store.Store, entries []store.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := s.Append(t.Context(), e); err != nil {
			t.Fatalf("Append(%d) = %v", e.Seq, err)
		}
	}
}

// journal reads a programme from a number on.
func journal(t T, s store.Store, programme string, from uint64) []store.Entry {
	t.Helper()
	var read []store.Entry
	if err := s.Entries(t.Context(), programme, from, func(e store.Entry) error {
		read = append(read, e)
		return nil
	}); err != nil {
		t.Fatalf("Entries(%q, %d) = %v", programme, from, err)
	}
	return read
}

// records reads a bucket: ids in the order given, docs by id.
func records(t T, s store.Store, bucket string) (ids []string, docs map[string]string) {
	t.Helper()
	docs = map[string]string{}
	if err := s.All(t.Context(), bucket, func(id string, doc []byte) error {
		ids = append(ids, id)
		docs[id] = string(doc)
		return nil
	}); err != nil {
		t.Fatalf("All(%q) = %v", bucket, err)
	}
	return ids, docs
}

func sameEntries(t T, got, want []store.Entry) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("read %d entries, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].Hash() != want[i].Hash() {
			t.Fatalf("entry %d reads %+v, want %+v", i, got[i], want[i])
		}
	}
}

func wantErr(t T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("%s = %v, want %v", what, got, want)
	}
}

func must(t T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

// noise is n bytes that do not compress, the same every time.
func noise(n int) []byte {
	var out bytes.Buffer
	for x := uint32(1); out.Len() < n; {
		x ^= x << 13 // xorshift32, Marsaglia 2003
		x ^= x >> 17
		x ^= x << 5
		out.WriteByte(byte(x >> 11))
	}
	return out.Bytes()
}
