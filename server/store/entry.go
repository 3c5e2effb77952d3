package store

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"unicode/utf8"
)

// Entry is one committed change of one programme. Entries are never changed or
// removed, and each names the hash of the one before.
type Entry struct {
	Programme string          `json:"programme"`
	Seq       uint64          `json:"seq"`    // from 1, without gaps
	Nonce     string          `json:"nonce"`  // of the writer, see NewNonce: tells an own entry from a rival's
	At        int64           `json:"at"`     // milliseconds since 1970 UTC
	Actor     string          `json:"actor"`  // opaque id of who did it; may be empty
	Events    json.RawMessage `json:"events"` // a JSON array, kept byte for byte
	Prev      string          `json:"prev"`   // Hash of the entry before, "" for the first
}

// Hash is the hexadecimal SHA-256 of all fields, each text preceded by its
// length so that no two entries share an encoding.
//
// Events count byte for byte. Write them with json.Marshal, whose output a
// second json.Marshal leaves alone: then an exported and re-read entry keeps its hash.
func (e Entry) Hash() string {
	b := []byte("kaskad/entry/1\n")
	text := func(s string) {
		b = binary.BigEndian.AppendUint64(b, uint64(len(s)))
		b = append(b, s...)
	}
	text(e.Programme)
	b = binary.BigEndian.AppendUint64(b, e.Seq)
	text(e.Nonce)
	b = binary.BigEndian.AppendUint64(b, uint64(e.At))
	text(e.Actor)
	text(string(e.Events))
	text(e.Prev)
	return hexSum(b)
}

// Check says what keeps an entry from being stored, as an ErrInvalid.
func (e Entry) Check() error {
	invalid := func(format string, args ...any) error {
		return fmt.Errorf("%w: entry %d of %q: %s", ErrInvalid, e.Seq, e.Programme, fmt.Sprintf(format, args...))
	}
	if err := checkKeys(e.Programme, e.Nonce); err != nil {
		return err
	}
	events := bytes.TrimLeft(e.Events, " \t\r\n")
	switch {
	case e.Seq < 1 || e.Seq > math.MaxInt64:
		return invalid("the number is out of range")
	case (e.Seq == 1) != (e.Prev == ""):
		return invalid("the first entry, and only the first, has none before it")
	case !utf8.ValidString(e.Actor):
		return invalid("the actor is not text")
	case len(e.Events) > MaxDoc:
		return invalid("%d bytes of events, at most %d fit; put payloads into blobs", len(e.Events), MaxDoc)
	case !bytes.HasPrefix(events, []byte("[")) || !json.Valid(events) || !utf8.Valid(events):
		return invalid("the events are no JSON array")
	}
	return nil
}

// NewNonce returns 128 random bits in hexadecimal.
func NewNonce() string {
	var b [16]byte
	rand.Read(b[:]) // never fails, says its documentation
	return hex.EncodeToString(b[:])
}

// Head is the end of a journal as far as somebody has read it; zero before the
// first entry.
type Head struct {
	Seq  uint64
	Hash string // of entry Seq
}

// Next is the head after e. *ChainError if e is not the entry that follows h.
func (h Head) Next(e Entry) (Head, error) {
	if e.Seq != h.Seq+1 || e.Prev != h.Hash {
		return h, &ChainError{Programme: e.Programme, After: h.Seq, Seq: e.Seq}
	}
	return Head{Seq: e.Seq, Hash: e.Hash()}, nil
}

// ChainError says that a journal has a gap or an altered entry.
type ChainError struct {
	Programme string
	After     uint64 // the last entry that is right
	Seq       uint64 // the entry found behind it
}

func (e *ChainError) Error() string {
	return fmt.Sprintf("the journal of programme %q is broken: entry %d does not follow entry %d as it was written; restore a backup",
		e.Programme, e.Seq, e.After)
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
