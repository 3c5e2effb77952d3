package store_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"kaskad/server/store"
	"kaskad/server/store/storetest"
)

// The encoding must never change: every journal rests on it. The sum was
// computed by another program from the description at Entry.Hash.
func TestHashIsTheOneWrittenDown(t *testing.T) {
	e := store.Entry{Programme: "direkt", Seq: 2, Nonce: "00112233445566778899aabbccddeeff", At: 1_793_000_000_000, Actor: "p1",
		Events: json.RawMessage(`[{"type":"claimed","seminar":"s1"}]`), Prev: strings.Repeat("ab", 32)}
	const want = "c0687b96178657cd90d2253f2b7e8313eabb98d6c6d064696961c0c888db4d60"
	if got := e.Hash(); got != want {
		t.Errorf("Hash() = %s, want %s", got, want)
	}
}

func TestHashSeesEveryFieldAndBoundary(t *testing.T) {
	base := store.Entry{Programme: "ab", Seq: 2, Nonce: "cd", At: 1, Actor: "ef", Events: json.RawMessage(`[]`), Prev: "01"}
	seen := map[string]string{base.Hash(): "the entry itself"}
	for name, change := range map[string]func(*store.Entry){
		"programme":         func(e *store.Entry) { e.Programme = "x" },
		"seq":               func(e *store.Entry) { e.Seq = 3 },
		"nonce":             func(e *store.Entry) { e.Nonce = "x" },
		"at":                func(e *store.Entry) { e.At = 2 },
		"at, negative":      func(e *store.Entry) { e.At = -1 },
		"actor":             func(e *store.Entry) { e.Actor = "" },
		"events":            func(e *store.Entry) { e.Events = json.RawMessage(`[ ]`) },
		"prev":              func(e *store.Entry) { e.Prev = "02" },
		"a moved boundary":  func(e *store.Entry) { e.Actor, e.Events = "ef[", json.RawMessage(`]`) },
		"a moved boundary2": func(e *store.Entry) { e.Events, e.Prev = json.RawMessage(`[]0`), "1" },
	} {
		e := base
		change(&e)
		if before, dup := seen[e.Hash()]; dup {
			t.Errorf("changing %s gives the hash of %s", name, before)
		}
		seen[e.Hash()] = name
	}
}

func TestHashSurvivesExport(t *testing.T) {
	e := storetest.Entries("p", 1)[0]
	e.Events, _ = json.Marshal([]string{"<b>å & \u2028</b>", "\x00"})
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var read store.Entry
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	if read.Hash() != e.Hash() {
		t.Errorf("exported and read again: %+v, want %+v", read, e)
	}
}

func TestHeadFollowsOnlyTheNextEntry(t *testing.T) {
	entries := storetest.Entries("p", 3)
	var head store.Head
	for _, e := range entries[:2] {
		next, err := head.Next(e)
		if err != nil || next.Seq != e.Seq || next.Hash != e.Hash() {
			t.Fatalf("Next(%d) = %+v, %v", e.Seq, next, err)
		}
		head = next
	}
	altered := entries[2]
	altered.Prev = entries[0].Hash()
	for name, e := range map[string]store.Entry{"again": entries[1], "the first": entries[0], "an altered chain": altered} {
		after, err := head.Next(e)
		var chain *store.ChainError
		if !errors.As(err, &chain) || chain.After != 2 || chain.Seq != e.Seq || after != head {
			t.Errorf("%s: Next = %+v, %v, want a *ChainError", name, after, err)
		}
	}
	gap := entries[2]
	gap.Seq = 4
	if _, err := head.Next(gap); err == nil {
		t.Error("Next takes an entry behind a gap")
	}
}
