package store

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

// Fault is what goes wrong with one call to a Memory.
type Fault int

const (
	// NoFault: the call works.
	NoFault Fault = iota
	// LoseRequest: the call fails and nothing was stored.
	LoseRequest
	// LoseReply: the call did its work, and fails nevertheless.
	LoseReply
	// AnswerTaken: an insert fails with ErrTaken although a read finds nothing,
	// as while the winner is not on a majority of replicas yet.
	AnswerTaken
	// AcceptTwice: an insert replaces what has the key already, and succeeds.
	AcceptTwice
	// CrashBefore: nothing was stored, and every call fails until Restart.
	CrashBefore
	// CrashAfter: the call did its work, and every call fails until Restart, this one included.
	CrashAfter
)

var (
	// ErrInjected is the error of a call that was made to fail.
	ErrInjected = errors.New("injected fault")
	// ErrCrashed is the error of every call between a crash and Restart, and after Close.
	ErrCrashed = errors.New("the store is gone")
)

// Memory is a store for tests. It keeps everything in maps, survives Close, and
// fails on command.
type Memory struct {
	mu          sync.Mutex
	inject      func(method, key string) Fault
	gone        bool
	journals    map[string]map[uint64]Entry
	blobs       map[string][]byte
	checkpoints map[string]map[uint64][]byte
	records     map[string]map[string][]byte
}

var _ Store = (*Memory)(nil)

// OpenMemory makes an empty store in which nothing fails.
func OpenMemory() *Memory {
	return &Memory{
		inject:      func(string, string) Fault { return NoFault },
		journals:    map[string]map[uint64]Entry{},
		blobs:       map[string][]byte{},
		checkpoints: map[string]map[uint64][]byte{},
		records:     map[string]map[string][]byte{},
	}
}

// Inject asks fault, before every call, what shall go wrong with it. method is
// the method's name, key the programme, hash or bucket. fault must not use the
// store; calls to it never overlap.
func (m *Memory) Inject(fault func(method, key string) Fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.inject = fault
}

// Restart ends a crash or a Close. What was stored is still there.
func (m *Memory) Restart() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gone = false
}

// call runs do, the work of one method, under the lock and the fault of the moment.
func (m *Memory) call(ctx context.Context, method, key string, do func(Fault) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if m.gone {
		return ErrCrashed
	}
	fault := m.inject(method, key)
	m.gone = fault == CrashBefore || fault == CrashAfter
	switch fault {
	case LoseRequest:
		return ErrInjected
	case CrashBefore:
		return ErrCrashed
	}
	err := do(fault)
	switch fault {
	case LoseReply:
		return ErrInjected
	case CrashAfter:
		return ErrCrashed
	}
	return err
}

// insertInto is the atomic primitive on one map of maps.
func insertInto[K comparable, V any](all map[string]map[K]V, outer string, key K, v V, fault Fault) error {
	if _, taken := all[outer][key]; fault == AnswerTaken || taken && fault != AcceptTwice {
		return ErrTaken
	}
	putInto(all, outer, key, v)
	return nil
}

func putInto[K comparable, V any](all map[string]map[K]V, outer string, key K, v V) {
	if all[outer] == nil {
		all[outer] = map[K]V{}
	}
	all[outer][key] = v
}

func (m *Memory) Append(ctx context.Context, e Entry) error {
	if err := e.Check(); err != nil {
		return err
	}
	return m.call(ctx, "Append", e.Programme, func(fault Fault) error {
		e.Events = bytes.Clone(e.Events)
		return insertInto(m.journals, e.Programme, e.Seq, e, fault)
	})
}

func (m *Memory) Entry(ctx context.Context, programme string, seq uint64) (e Entry, err error) {
	err = m.call(ctx, "Entry", programme, func(Fault) error {
		found, ok := m.journals[programme][seq]
		if !ok {
			return ErrNotFound
		}
		e = found
		e.Events = bytes.Clone(e.Events)
		return nil
	})
	return e, err
}

func (m *Memory) Entries(ctx context.Context, programme string, from uint64, fn func(Entry) error) error {
	var page []Entry
	err := m.call(ctx, "Entries", programme, func(Fault) error {
		for _, seq := range slices.Sorted(maps.Keys(m.journals[programme])) {
			if e := m.journals[programme][seq]; seq >= from {
				e.Events = bytes.Clone(e.Events)
				page = append(page, e)
			}
		}
		return nil
	})
	for i := 0; err == nil && i < len(page); i++ {
		err = fn(page[i])
	}
	return err
}

func (m *Memory) Programmes(ctx context.Context) (names []string, err error) {
	err = m.call(ctx, "Programmes", "", func(Fault) error {
		names = slices.Sorted(maps.Keys(m.journals))
		return nil
	})
	return names, err
}

func (m *Memory) PutBlob(ctx context.Context, data []byte) (string, error) {
	hash := hexSum(data)
	return hash, m.call(ctx, "PutBlob", hash, func(Fault) error {
		m.blobs[hash] = bytes.Clone(data)
		return nil
	})
}

func (m *Memory) Blob(ctx context.Context, hash string) (data []byte, err error) {
	err = m.call(ctx, "Blob", hash, func(Fault) error {
		found, ok := m.blobs[hash]
		if !ok {
			return ErrNotFound
		}
		data = bytes.Clone(found)
		return nil
	})
	return data, err
}

func (m *Memory) PutCheckpoint(ctx context.Context, programme string, seq uint64, data []byte) error {
	if err := checkCheckpoint(programme, seq); err != nil {
		return err
	}
	return m.call(ctx, "PutCheckpoint", programme, func(Fault) error {
		putInto(m.checkpoints, programme, seq, bytes.Clone(data))
		seqs := slices.Sorted(maps.Keys(m.checkpoints[programme]))
		for _, old := range seqs[:max(0, len(seqs)-keptCheckpoints)] {
			delete(m.checkpoints[programme], old)
		}
		return nil
	})
}

func (m *Memory) Checkpoint(ctx context.Context, programme string) (seq uint64, data []byte, err error) {
	err = m.call(ctx, "Checkpoint", programme, func(Fault) error {
		for s, d := range m.checkpoints[programme] {
			if s > seq {
				seq, data = s, d
			}
		}
		if seq == 0 {
			return ErrNotFound
		}
		data = bytes.Clone(data)
		return nil
	})
	return seq, data, err
}

func (m *Memory) Insert(ctx context.Context, bucket, id string, doc []byte) error {
	if err := checkRecord(bucket, id, doc); err != nil {
		return err
	}
	return m.call(ctx, "Insert", bucket, func(fault Fault) error {
		return insertInto(m.records, bucket, id, bytes.Clone(doc), fault)
	})
}

func (m *Memory) InsertMany(ctx context.Context, bucket string, docs map[string][]byte) error {
	for id, doc := range docs {
		if err := checkRecord(bucket, id, doc); err != nil {
			return err
		}
	}
	return m.call(ctx, "InsertMany", bucket, func(Fault) error {
		for id, doc := range docs {
			putInto(m.records, bucket, id, bytes.Clone(doc))
		}
		return nil
	})
}

func (m *Memory) Put(ctx context.Context, bucket, id string, doc []byte) error {
	if err := checkRecord(bucket, id, doc); err != nil {
		return err
	}
	return m.call(ctx, "Put", bucket, func(Fault) error {
		putInto(m.records, bucket, id, bytes.Clone(doc))
		return nil
	})
}

func (m *Memory) Get(ctx context.Context, bucket, id string) (doc []byte, err error) {
	err = m.call(ctx, "Get", bucket, func(Fault) error {
		found, ok := m.records[bucket][id]
		if !ok {
			return ErrNotFound
		}
		doc = bytes.Clone(found)
		return nil
	})
	return doc, err
}

func (m *Memory) Delete(ctx context.Context, bucket, id string) error {
	return m.call(ctx, "Delete", bucket, func(Fault) error {
		delete(m.records[bucket], id)
		return nil
	})
}

func (m *Memory) Take(ctx context.Context, bucket, id string) (doc []byte, err error) {
	err = m.call(ctx, "Take", bucket, func(Fault) error {
		found, ok := m.records[bucket][id]
		if !ok {
			return ErrNotFound
		}
		delete(m.records[bucket], id)
		doc = found
		return nil
	})
	return doc, err
}

func (m *Memory) All(ctx context.Context, bucket string, fn func(id string, doc []byte) error) error {
	var page []record
	err := m.call(ctx, "All", bucket, func(Fault) error {
		for _, id := range slices.Sorted(maps.Keys(m.records[bucket])) {
			page = append(page, record{id, bytes.Clone(m.records[bucket][id])})
		}
		return nil
	})
	for i := 0; err == nil && i < len(page); i++ {
		err = fn(page[i].id, page[i].doc)
	}
	return err
}

func (m *Memory) SelfCheck(ctx context.Context) error {
	return m.call(ctx, "SelfCheck", "", func(fault Fault) error {
		scratch := map[string]map[string]bool{}
		return probe(func() error { return insertInto(scratch, "", "probe", true, fault) })
	})
}

// Close is a stop as orderly as it gets; Restart opens the store again.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gone = true
	return nil
}
