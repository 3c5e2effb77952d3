package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"

	"kaskad/server/store"
)

func entryComesBack(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	first := store.Entry{Programme: "DiREKT åäö/1", Seq: 1, Nonce: store.NewNonce(), At: -1, Actor: "p.$/%é",
		Events: json.RawMessage(" [ {\"$set\" : \"\\u0000 å <&>\", \"a.b\":[[1.50,\n2]]} ]\n")}
	second := store.Entry{Programme: first.Programme, Seq: 2, Nonce: store.NewNonce(), At: math.MaxInt64,
		Events: json.RawMessage(`[]`), Prev: first.Hash()}
	appendAll(t, s, []store.Entry{first, second})
	for _, want := range []store.Entry{first, second} {
		got, err := s.Entry(t.Context(), want.Programme, want.Seq)
		must(t, err)
		sameEntries(t, []store.Entry{got}, []store.Entry{want})
		if string(got.Events) != string(want.Events) || got.At != want.At || got.Actor != want.Actor {
			t.Errorf("entry reads %+v, want %+v", got, want)
		}
	}
	for _, seq := range []uint64{0, 3, math.MaxInt64, math.MaxUint64} {
		_, err := s.Entry(t.Context(), first.Programme, seq)
		wantErr(t, "Entry of a free number", err, store.ErrNotFound)
	}
	_, err := s.Entry(t.Context(), "another", 1)
	wantErr(t, "Entry of a programme without journal", err, store.ErrNotFound)
}

func numberTakenOnce(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	e := Entries("p", 1)[0]
	rival := e
	rival.Nonce = store.NewNonce()
	appendAll(t, s, []store.Entry{e})
	wantErr(t, "Append of a rival", s.Append(t.Context(), rival), store.ErrTaken)
	wantErr(t, "Append of the same again", s.Append(t.Context(), e), store.ErrTaken)
	sameEntries(t, journal(t, s, "p", 1), []store.Entry{e})
}

func raceForNumber(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	const racers, numbers = 16, 8
	var head store.Head
	for range numbers {
		entries := make([]store.Entry, racers)
		errs := make([]error, racers)
		start := make(chan struct{})
		var done sync.WaitGroup
		for i := range racers {
			entries[i] = store.Entry{Programme: "race", Seq: head.Seq + 1, Nonce: store.NewNonce(),
				Events: json.RawMessage(`[]`), Prev: head.Hash}
			done.Go(func() {
				<-start
				errs[i] = s.Append(t.Context(), entries[i])
			})
		}
		close(start)
		done.Wait()
		var winners []store.Entry
		for i, err := range errs {
			if err == nil {
				winners = append(winners, entries[i])
			} else {
				wantErr(t, "Append of a loser", err, store.ErrTaken)
			}
		}
		if len(winners) != 1 {
			t.Fatalf("number %d has %d winners", head.Seq+1, len(winners))
		}
		sameEntries(t, journal(t, s, "race", head.Seq+1), winners)
		head = store.Head{Seq: head.Seq + 1, Hash: winners[0].Hash()}
	}
}

func entriesInOrder(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	want := Entries("p", 120) // past the point where "9" and "10" sort by text
	appendAll(t, s, want)
	appendAll(t, s, Entries("p1", 3))
	for _, from := range []uint64{0, 1, 2, 100, 120} {
		sameEntries(t, journal(t, s, "p", from), want[max(1, from)-1:])
	}
	sameEntries(t, journal(t, s, "p", 121), nil)
	sameEntries(t, journal(t, s, "p", math.MaxUint64), nil)
	sameEntries(t, journal(t, s, "nobody", 1), nil)
}

func formRefused(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	right := Entries("p", 2)[1]
	for name, spoil := range map[string]func(*store.Entry){
		"number 0":           func(e *store.Entry) { e.Seq = 0; e.Prev = "" },
		"number too great":   func(e *store.Entry) { e.Seq = math.MaxInt64 + 1 },
		"no programme":       func(e *store.Entry) { e.Programme = "" },
		"a long programme":   func(e *store.Entry) { e.Programme = strings.Repeat("p", 513) },
		"NUL in programme":   func(e *store.Entry) { e.Programme = "p\x00" },
		"no nonce":           func(e *store.Entry) { e.Nonce = "" },
		"actor not text":     func(e *store.Entry) { e.Actor = "\xff" },
		"none before":        func(e *store.Entry) { e.Prev = "" },
		"first has a before": func(e *store.Entry) { e.Seq = 1 },
		"no events":          func(e *store.Entry) { e.Events = nil },
		"events no array":    func(e *store.Entry) { e.Events = json.RawMessage(`{}`) },
		"events no JSON":     func(e *store.Entry) { e.Events = json.RawMessage(`[`) },
		"events not text":    func(e *store.Entry) { e.Events = json.RawMessage("[\"\xff\"]") },
		"events too large":   func(e *store.Entry) { e.Events = json.RawMessage("[" + strings.Repeat(" ", store.MaxDoc) + "]") },
	} {
		e := right
		spoil(&e)
		wantErr(t, "Append with "+name, s.Append(t.Context(), e), store.ErrInvalid)
	}
	sameEntries(t, journal(t, s, "p", 0), nil)
}

func programmesApart(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	names, err := s.Programmes(t.Context())
	must(t, err)
	if len(names) != 0 {
		t.Fatalf("an empty store lists %q", names)
	}
	want := []string{"!", "$ne", "%2F", "/", "0", "a", "a%2F1", "a.b", "a/", "a/00000000000000000001", "a/1", "a0", "åäö", "🙂"}
	for _, name := range want {
		appendAll(t, s, Entries(name, 2))
	}
	names, err = s.Programmes(t.Context())
	must(t, err)
	if !slices.Equal(names, want) {
		t.Errorf("Programmes() = %q, want %q", names, want)
	}
	for _, name := range want {
		for i, e := range journal(t, s, name, 1) {
			if e.Programme != name || e.Seq != uint64(i+1) || i > 1 {
				t.Errorf("the journal of %q has entry %d of %q", name, e.Seq, e.Programme)
			}
		}
	}
}

// lossy loses the reply of the first appends, as a network does.
type lossy struct {
	store.Store
	lose int
}

func (l *lossy) Append(ctx context.Context, e store.Entry) error {
	err := l.Store.Append(ctx, e)
	if l.lose--; l.lose >= 0 {
		return errors.New("connection reset")
	}
	return err
}

func commitTells(t T, open Open, place string) {
	s := open(place)
	defer s.Close()
	entries := Entries("p", 2)
	outcome, err := store.Commit(t.Context(), &lossy{Store: s, lose: 1}, entries[0])
	if outcome != store.Committed || err != nil {
		t.Fatalf("Commit with a lost reply = %v, %v, want Committed", outcome, err)
	}
	outcome, err = store.Commit(t.Context(), s, entries[0])
	if outcome != store.Committed || err != nil {
		t.Fatalf("Commit of what is there already = %v, %v, want Committed", outcome, err)
	}
	rival := entries[0]
	rival.Nonce = store.NewNonce()
	outcome, err = store.Commit(t.Context(), &lossy{Store: s, lose: 1}, rival)
	if outcome != store.Conflict || err != nil {
		t.Fatalf("Commit of a rival = %v, %v, want Conflict", outcome, err)
	}
	sameEntries(t, journal(t, s, "p", 1), entries[:1])
}
