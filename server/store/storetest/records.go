package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"kaskad/server/store"
)

func blobComesBack(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	for _, data := range [][]byte{nil, []byte("å"), bytes.Repeat([]byte("kaskad "), 100_000), noise(2_000_000), noise(5_000_001)} {
		sum := sha256.Sum256(data)
		for range 2 {
			hash, err := s.PutBlob(t.Context(), data)
			if err != nil || hash != hex.EncodeToString(sum[:]) {
				t.Fatalf("PutBlob of %d bytes = %q, %v", len(data), hash, err)
			}
		}
		got, err := s.Blob(t.Context(), hex.EncodeToString(sum[:]))
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("Blob of %d bytes = %d bytes, %v", len(data), len(got), err)
		}
	}
	for _, hash := range []string{"", "x", strings.Repeat("0", 64)} {
		_, err := s.Blob(t.Context(), hash)
		wantErr(t, "Blob of an unknown hash", err, store.ErrNotFound)
	}
}

func checkpointComesBack(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	_, _, err := s.Checkpoint(t.Context(), "p/1")
	wantErr(t, "Checkpoint before the first", err, store.ErrNotFound)
	wantErr(t, "PutCheckpoint at 0", s.PutCheckpoint(t.Context(), "p/1", 0, nil), store.ErrInvalid)
	must(t, s.PutCheckpoint(t.Context(), "p/10", 7, []byte("another programme")))
	large := noise(5_000_000)
	for _, seq := range []uint64{9, 10, 100, 1000, 1001} {
		must(t, s.PutCheckpoint(t.Context(), "p/1", seq, large))
		wantCheckpoint(t, s, seq, large)
	}
	must(t, s.PutCheckpoint(t.Context(), "p/1", 1000, []byte("late")))
	wantCheckpoint(t, s, 1001, large)
	must(t, s.PutCheckpoint(t.Context(), "p/1", 1001, nil))
	wantCheckpoint(t, s, 1001, nil)
}

func wantCheckpoint(t T, s store.Store, seq uint64, data []byte) {
	t.Helper()
	gotSeq, got, err := s.Checkpoint(t.Context(), "p/1")
	if err != nil || gotSeq != seq || !bytes.Equal(got, data) {
		t.Fatalf("Checkpoint = %d, %d bytes, %v; want %d, %d bytes", gotSeq, len(got), err, seq, len(data))
	}
}

func recordInsertedOnce(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	must(t, s.Insert(t.Context(), "receipts", "r", []byte("1")))
	wantErr(t, "Insert again", s.Insert(t.Context(), "receipts", "r", []byte("2")), store.ErrTaken)
	must(t, s.Insert(t.Context(), "links", "r", []byte("3")))
	wantDoc(t, s, "receipts", "r", "1")
	wantDoc(t, s, "links", "r", "3")
	must(t, s.Delete(t.Context(), "receipts", "r"))
	must(t, s.Insert(t.Context(), "receipts", "r", []byte("4")))
	wantDoc(t, s, "receipts", "r", "4")

	const racers = 16
	errs := make([]error, racers)
	var done sync.WaitGroup
	for i := range racers {
		done.Go(func() { errs[i] = s.Insert(t.Context(), "race", "r", fmt.Append(nil, i)) })
	}
	done.Wait()
	winner := slices.Index(errs, nil)
	for i, err := range errs {
		if i != winner {
			wantErr(t, "Insert of a loser", err, store.ErrTaken)
		}
	}
	wantDoc(t, s, "race", "r", fmt.Sprint(winner))
}

func wantDoc(t T, s store.Store, bucket, id, want string) {
	t.Helper()
	doc, err := s.Get(t.Context(), bucket, id)
	if err != nil || string(doc) != want {
		t.Fatalf("Get(%q, %q) = %q, %v, want %q", bucket, id, doc, err, want)
	}
}

func recordsReplaced(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	_, err := s.Get(t.Context(), "b", "x")
	wantErr(t, "Get of nothing", err, store.ErrNotFound)
	must(t, s.Delete(t.Context(), "b", "x"))
	for _, doc := range []string{"one", "", "two\x00\xff", string(noise(store.MaxDoc))} {
		must(t, s.Put(t.Context(), "b", "x", []byte(doc)))
		wantDoc(t, s, "b", "x", doc)
	}
	must(t, s.Put(t.Context(), "b", "nil", nil))
	wantDoc(t, s, "b", "nil", "")
	must(t, s.Delete(t.Context(), "b", "x"))
	_, err = s.Get(t.Context(), "b", "x")
	wantErr(t, "Get of the deleted", err, store.ErrNotFound)
	wantErr(t, "Put of too much", s.Put(t.Context(), "b", "x", make([]byte, store.MaxDoc+1)), store.ErrInvalid)
	wantErr(t, "Insert without an id", s.Insert(t.Context(), "b", "", nil), store.ErrInvalid)
	wantErr(t, "Put without a bucket", s.Put(t.Context(), "", "x", nil), store.ErrInvalid)
	wantErr(t, "InsertMany with a wrong id", s.InsertMany(t.Context(), "b", map[string][]byte{"\xff": nil}), store.ErrInvalid)
}

// awkward ids; two of them look alike and are not.
var awkward = []string{" ", "$", "$where", "%2F", "*", ".", "..", "/", "0", "A", "_id", "a", "a.b", "a/", "a/b", "a//b", "a\nb",
	"aa", strings.Repeat("x", 512), "{\"a\":1}", "Å", "\u00e9", "e\u0301", "日本", "🙂"}

func recordsInOrder(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	want := slices.Sorted(slices.Values(awkward))
	for _, bucket := range []string{"b", "b/", "b/a", "b0", "$b.%2F"} {
		for _, id := range awkward {
			must(t, s.Insert(t.Context(), bucket, id, []byte(bucket+" "+id)))
		}
	}
	for _, bucket := range []string{"b", "b/", "b/a", "b0", "$b.%2F"} {
		ids, docs := records(t, s, bucket)
		if !slices.Equal(ids, want) {
			t.Fatalf("All(%q) gives %q, want %q", bucket, ids, want)
		}
		for _, id := range awkward {
			wantDoc(t, s, bucket, id, bucket+" "+id)
			if docs[id] != bucket+" "+id {
				t.Errorf("All gives %q for %s/%s", docs[id], bucket, id)
			}
		}
	}
	if ids, _ := records(t, s, "nothing"); len(ids) != 0 {
		t.Errorf("All of an empty bucket gives %q", ids)
	}
}

func manyRecords(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	must(t, s.InsertMany(t.Context(), "people", nil))
	docs := map[string][]byte{}
	want := map[string]string{}
	for i := range 1200 { // more than one batch and one page
		id := fmt.Sprintf("p%d", i)
		docs[id] = fmt.Appendf(nil, `{"given":"Åsa %d"}`, i)
		want[id] = string(docs[id])
	}
	for range 2 {
		must(t, s.InsertMany(t.Context(), "people", docs))
	}
	must(t, s.InsertMany(t.Context(), "people", map[string][]byte{"p7": []byte("new"), "p8": nil}))
	want["p7"], want["p8"] = "new", ""
	if _, got := records(t, s, "people"); !maps.Equal(got, want) {
		t.Errorf("All gives %d records that differ from the %d stored", len(got), len(want))
	}
}

func putAtOnce(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	for round := range 8 {
		id := fmt.Sprintf("mail/%d", round)
		var done sync.WaitGroup
		for i := range 16 {
			done.Go(func() {
				if err := s.Put(t.Context(), "received", id, []byte("same")); err != nil {
					t.Errorf("Put %d at the same time as others: %v", i, err)
				}
			})
		}
		done.Wait()
		wantDoc(t, s, "received", id, "same")
	}
}

func takeOnce(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	for round := range 8 {
		id := fmt.Sprintf("link/%d", round)
		must(t, s.Insert(t.Context(), "links", id, []byte("p1")))
		const takers = 16
		docs := make([][]byte, takers)
		errs := make([]error, takers)
		start := make(chan struct{})
		var done sync.WaitGroup
		for i := range takers {
			done.Go(func() {
				<-start
				docs[i], errs[i] = s.Take(t.Context(), "links", id)
			})
		}
		close(start)
		done.Wait()
		got := 0
		for i, err := range errs {
			if err == nil {
				got++
				if string(docs[i]) != "p1" {
					t.Errorf("Take = %q, want p1", docs[i])
				}
			} else {
				wantErr(t, "Take of a latecomer", err, store.ErrNotFound)
			}
		}
		if got != 1 {
			t.Fatalf("%d of %d got %s", got, takers, id)
		}
	}
}

func readerStops(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	appendAll(t, s, Entries("p", 3))
	must(t, s.InsertMany(t.Context(), "b", map[string][]byte{"x": nil, "y": nil, "z": nil}))
	stop := errors.New("stop")
	seen := 0
	err := s.Entries(t.Context(), "p", 1, func(e store.Entry) error {
		seen++
		must(t, s.Put(t.Context(), "seen", fmt.Sprint(e.Seq), nil))
		if e.Seq == 2 {
			return stop
		}
		return nil
	})
	if err != stop || seen != 2 {
		t.Errorf("Entries saw %d and returned %v, want 2 and the reader's error", seen, err)
	}
	seen = 0
	err = s.All(t.Context(), "b", func(id string, _ []byte) error {
		seen++
		must(t, s.Delete(t.Context(), "b", id))
		if id == "y" {
			return stop
		}
		return nil
	})
	if err != stop || seen != 2 {
		t.Errorf("All saw %d and returned %v, want 2 and the reader's error", seen, err)
	}
	if ids, _ := records(t, s, "b"); !slices.Equal(ids, []string{"z"}) {
		t.Errorf("left are %q, want z", ids)
	}
}

func cancelled(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	e := Entries("p", 1)[0]
	for name, call := range map[string]func() error{
		"Append":        func() error { return s.Append(gone, e) },
		"Entry":         func() error { _, err := s.Entry(gone, "p", 1); return err },
		"Entries":       func() error { return s.Entries(gone, "p", 1, func(store.Entry) error { return nil }) },
		"Programmes":    func() error { _, err := s.Programmes(gone); return err },
		"PutBlob":       func() error { _, err := s.PutBlob(gone, []byte("x")); return err },
		"Blob":          func() error { _, err := s.Blob(gone, "x"); return err },
		"PutCheckpoint": func() error { return s.PutCheckpoint(gone, "p", 1, nil) },
		"Checkpoint":    func() error { _, _, err := s.Checkpoint(gone, "p"); return err },
		"Insert":        func() error { return s.Insert(gone, "b", "x", nil) },
		"InsertMany":    func() error { return s.InsertMany(gone, "b", map[string][]byte{"x": nil}) },
		"Put":           func() error { return s.Put(gone, "b", "x", nil) },
		"Get":           func() error { _, err := s.Get(gone, "b", "x"); return err },
		"Delete":        func() error { return s.Delete(gone, "b", "x") },
		"Take":          func() error { _, err := s.Take(gone, "b", "x"); return err },
		"All":           func() error { return s.All(gone, "b", func(string, []byte) error { return nil }) },
		"SelfCheck":     func() error { return s.SelfCheck(gone) },
	} {
		wantErr(t, name, call(), context.Canceled)
	}
	outcome, err := store.Commit(gone, s, e)
	if outcome != store.Unknown || err == nil {
		t.Errorf("Commit = %v, %v, want an unknown outcome", outcome, err)
	}
	sameEntries(t, journal(t, s, "p", 1), nil)
	must(t, s.Append(t.Context(), e))
}

func reopening(t T, open Open, place string) {
	s := open(place)
	entries := Entries("p", 20)
	appendAll(t, s, entries)
	hash, err := s.PutBlob(t.Context(), noise(3_000_000))
	must(t, err)
	must(t, s.PutCheckpoint(t.Context(), "p/1", 20, []byte("state")))
	must(t, s.Put(t.Context(), "people", "p1", []byte("Åsa")))
	must(t, s.Close())

	s = open(place)
	defer s.Close()
	sameEntries(t, journal(t, s, "p", 1), entries)
	data, err := s.Blob(t.Context(), hash)
	if err != nil || !bytes.Equal(data, noise(3_000_000)) {
		t.Errorf("Blob after reopening = %d bytes, %v", len(data), err)
	}
	wantCheckpoint(t, s, 20, []byte("state"))
	wantDoc(t, s, "people", "p1", "Åsa")
	wantErr(t, "Append of a taken number", s.Append(t.Context(), entries[19]), store.ErrTaken)
}

func selfCheck(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	for range 2 {
		must(t, s.SelfCheck(t.Context()))
	}
	names, err := s.Programmes(t.Context())
	must(t, err)
	if len(names) != 0 {
		t.Errorf("after the self-check there are programmes %q", names)
	}
	if ids, _ := records(t, s, "self-check"); len(ids) != 0 {
		t.Errorf("after the self-check there are records %q", ids)
	}
}
