// Package store keeps what Kaskad must not lose: the journal of every
// programme, the payloads its entries name, checkpoints, and small records.
//
// Three names to know: Store is the interface, Commit the only right way to
// append to a journal, Committer the loop a server runs around it. OpenSQLite
// is the embedded default, OpenMongo serves several servers, OpenMemory is for
// tests and fails on command. storetest holds all of them to one suite.
//
// The one atomic primitive is "insert if that key is free". No store may use a
// transaction over several documents or read, change and write back a document
// to keep a promise of this interface: MongoDB would not keep it.
package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

var (
	// ErrTaken: the number or id is in use already. Whose it is, a read tells.
	ErrTaken = errors.New("already taken")
	// ErrNotFound: nothing is stored under that number, hash or id.
	ErrNotFound = errors.New("not found")
	// ErrInvalid: the arguments can never be stored; nothing was sent.
	ErrInvalid = errors.New("not storable")
	// ErrUnsafe: the store accepted the same key twice, so no race has one winner in it.
	ErrUnsafe = errors.New("the store accepts two documents under one key")
)

// Store is where a server keeps everything. All methods may be called from any
// goroutine. An error other than those named at a method means that its outcome
// is unknown: it may have happened, or may still happen.
//
// Programmes, buckets and ids are any UTF-8 text of 1 to 512 bytes without NUL.
// Bytes handed in are not kept, bytes handed out belong to the caller.
type Store interface {
	// Append inserts e if its number is free in its programme, and returns only
	// when the entry is durable. ErrTaken if the number is not free, ErrInvalid
	// if e.Check fails. Call Commit instead: it knows what to do with the rest.
	Append(ctx context.Context, e Entry) error
	// Entry reads one journal entry. ErrNotFound.
	Entry(ctx context.Context, programme string, seq uint64) (Entry, error)
	// Entries calls fn for every entry numbered from or higher, in order, and
	// stops at its first error. fn may use the store.
	Entries(ctx context.Context, programme string, from uint64, fn func(Entry) error) error
	// Programmes lists, in order, the programmes that have a journal.
	Programmes(ctx context.Context) ([]string, error)

	// PutBlob stores data, of any size, under the hexadecimal SHA-256 it
	// returns. Storing the same data again is cheap and harmless. Write a blob
	// before the entry that names it.
	PutBlob(ctx context.Context, data []byte) (hash string, err error)
	// Blob reads what PutBlob stored, checked against its hash. ErrNotFound, *CorruptError.
	Blob(ctx context.Context, hash string) ([]byte, error)

	// PutCheckpoint stores the bytes of a programme's state folded up to and
	// including entry seq. Only the newest three of a programme are kept.
	PutCheckpoint(ctx context.Context, programme string, seq uint64, data []byte) error
	// Checkpoint reads the newest whole checkpoint. ErrNotFound.
	Checkpoint(ctx context.Context, programme string) (seq uint64, data []byte, err error)

	// Insert stores doc, at most MaxDoc bytes, if the id is free in the bucket. ErrTaken.
	Insert(ctx context.Context, bucket, id string, doc []byte) error
	// InsertMany stores all docs, replacing those whose ids exist. It is quick
	// for tens of thousands. After an error some may be stored; call it again.
	InsertMany(ctx context.Context, bucket string, docs map[string][]byte) error
	// Put stores doc, replacing what is there.
	Put(ctx context.Context, bucket, id string, doc []byte) error
	// Get reads a doc. ErrNotFound.
	Get(ctx context.Context, bucket, id string) ([]byte, error)
	// Delete removes a doc. Deleting what is not there is fine.
	Delete(ctx context.Context, bucket, id string) error
	// Take reads and deletes a doc in one step: of any number of callers
	// exactly one gets it, the others get ErrNotFound.
	Take(ctx context.Context, bucket, id string) ([]byte, error)
	// All calls fn for every doc of a bucket, in byte order of the ids, and
	// stops at its first error. fn may use the store; whether it sees docs
	// written meanwhile is open.
	All(ctx context.Context, bucket string, fn func(id string, doc []byte) error) error

	// SelfCheck inserts a probe twice where entries and where records live.
	// ErrUnsafe if the second is accepted. The Open functions have run it.
	SelfCheck(ctx context.Context) error
	// Close releases everything. The store must not be used afterwards.
	Close() error
}

const (
	// MaxDoc is the greatest size of a record and of an entry's events, in
	// bytes: MongoDB ends at 16 MB and is slow long before. More goes in a blob.
	MaxDoc = 2_000_000
	// maxKey keeps every key well inside what an index of any store holds.
	maxKey = 512
	// keptCheckpoints: one in use, one before it should that be damaged, one more being written.
	keptCheckpoints = 3
	// pageBytes ends a page of a long read: a connection is never held while the caller works.
	pageBytes = 4_000_000
	pageRows  = 1000
)

// CorruptError says that stored bytes are not what was written.
type CorruptError struct {
	What string // the file or the document
	Err  error  // may be nil
}

func (e *CorruptError) Error() string {
	text := e.What + " is damaged: restore it from a backup"
	if e.Err != nil {
		text += " (" + e.Err.Error() + ")"
	}
	return text
}

func (e *CorruptError) Unwrap() error { return e.Err }

// checkKeys refuses names that some store could not hold or would confuse.
func checkKeys(keys ...string) error {
	for _, k := range keys {
		if k == "" || len(k) > maxKey || !utf8.ValidString(k) || strings.ContainsRune(k, 0) {
			return fmt.Errorf("%w: %q is no key of 1 to %d bytes of text", ErrInvalid, k, maxKey)
		}
	}
	return nil
}

func checkRecord(bucket, id string, doc []byte) error {
	if len(doc) > MaxDoc {
		return fmt.Errorf("%w: %s/%s has %d bytes, at most %d fit", ErrInvalid, bucket, id, len(doc), MaxDoc)
	}
	return checkKeys(bucket, id)
}

func checkCheckpoint(programme string, seq uint64) error {
	if seq < 1 || seq >= math.MaxInt64 {
		return fmt.Errorf("%w: checkpoint at entry %d of %q", ErrInvalid, seq, programme)
	}
	return checkKeys(programme)
}

// probe inserts the same key twice. The second must be refused as taken.
func probe(insert func() error) error {
	if err := insert(); err != nil {
		return fmt.Errorf("self-check: %w", err)
	}
	err := insert()
	if errors.Is(err, ErrTaken) {
		return nil
	}
	if err == nil {
		err = ErrUnsafe
	}
	return fmt.Errorf("self-check: %w", err)
}
