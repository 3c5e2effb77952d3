package store_test

import (
	"fmt"
	"testing"

	"kaskad/server/store"
	"kaskad/server/store/storetest"
)

func benchmarkStore(b *testing.B) store.Store {
	b.Helper()
	s, err := store.OpenSQLite(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// BenchmarkSQLiteAppend appends one durable entry after another.
func BenchmarkSQLiteAppend(b *testing.B) {
	s := benchmarkStore(b)
	for i, e := range storetest.Entries("p", b.N) {
		if i == 0 {
			b.ResetTimer()
		}
		if err := s.Append(b.Context(), e); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSQLiteEntries reads a journal of 16,000 entries, checking the chain.
func BenchmarkSQLiteEntries(b *testing.B) {
	s := benchmarkStore(b)
	for _, e := range storetest.Entries("p", 16_000) {
		if err := s.Append(b.Context(), e); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		var head store.Head
		if err := s.Entries(b.Context(), "p", 1, func(e store.Entry) (err error) {
			head, err = head.Next(e)
			return err
		}); err != nil || head.Seq != 16_000 {
			b.Fatal(head, err)
		}
	}
}

// BenchmarkSQLiteNothingNew is what a server asks all the time.
func BenchmarkSQLiteNothingNew(b *testing.B) {
	s := benchmarkStore(b)
	for b.Loop() {
		if _, err := s.Entry(b.Context(), "p", 1); err != store.ErrNotFound {
			b.Fatal(err)
		}
	}
}

// BenchmarkSQLiteImport stores and replaces 40,000 people.
func BenchmarkSQLiteImport(b *testing.B) {
	s := benchmarkStore(b)
	docs := map[string][]byte{}
	for i := range 40_000 {
		docs[fmt.Sprintf("p%05d", i)] = fmt.Appendf(nil, `{"id":"p%05d","given":"Åsa","family":"Öberg","email":"p%05d@example.org","language":"sv"}`, i, i)
	}
	for b.Loop() {
		if err := s.InsertMany(b.Context(), "people", docs); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSQLiteCheckpoint stores a state of 10 MB that compresses like JSON.
func BenchmarkSQLiteCheckpoint(b *testing.B) {
	s := benchmarkStore(b)
	var state []byte
	for i := 0; len(state) < 10_000_000; i++ {
		state = fmt.Appendf(state, `{"id":"s%d","leaders":["p%d"],"attendees":["p%d","p%d"]},`, i, i*7919%4000, i*104729%4000, i*1299709%4000)
	}
	for b.Loop() {
		if err := s.PutCheckpoint(b.Context(), "p", 1, state); err != nil {
			b.Fatal(err)
		}
		if _, got, err := s.Checkpoint(b.Context(), "p"); err != nil || len(got) != len(state) {
			b.Fatal(len(got), err)
		}
	}
}
