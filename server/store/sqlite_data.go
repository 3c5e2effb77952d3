package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// execer is a connection pool or a transaction.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func (s *SQLite) Append(ctx context.Context, e Entry) error {
	if err := e.Check(); err != nil {
		return err
	}
	return s.explain(insertEntry(ctx, s.write, e))
}

func insertEntry(ctx context.Context, db execer, e Entry) error {
	return insert(ctx, db, `INSERT INTO journal (programme, seq, nonce, at, actor, events, prev)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		e.Programme, int64(e.Seq), e.Nonce, e.At, e.Actor, string(e.Events), e.Prev)
}

// insert runs an INSERT … ON CONFLICT DO NOTHING. ErrTaken if it did nothing.
func insert(ctx context.Context, db execer, query string, args ...any) error {
	done, err := db.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	if err == nil && n == 0 {
		return ErrTaken
	}
	return err
}

func (s *SQLite) Entry(ctx context.Context, programme string, seq uint64) (Entry, error) {
	if seq > math.MaxInt64 {
		return Entry{}, ErrNotFound
	}
	e := Entry{Programme: programme, Seq: seq}
	var events string
	err := s.read.QueryRowContext(ctx, `SELECT nonce, at, actor, events, prev FROM journal WHERE programme = ? AND seq = ?`,
		programme, int64(seq)).Scan(&e.Nonce, &e.At, &e.Actor, &events, &e.Prev)
	if err != nil {
		return Entry{}, s.missing(err)
	}
	e.Events = json.RawMessage(events)
	return e, nil
}

func (s *SQLite) missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return s.explain(err)
}

func (s *SQLite) Entries(ctx context.Context, programme string, from uint64, fn func(Entry) error) error {
	for from <= math.MaxInt64 {
		page, err := s.entryPage(ctx, programme, from)
		if err != nil {
			return s.explain(err)
		}
		if len(page) == 0 {
			return nil
		}
		for _, e := range page {
			if err := fn(e); err != nil {
				return err
			}
			from = e.Seq + 1
		}
	}
	return nil
}

func (s *SQLite) entryPage(ctx context.Context, programme string, from uint64) ([]Entry, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT seq, nonce, at, actor, events, prev FROM journal
		WHERE programme = ? AND seq >= ? ORDER BY seq LIMIT ?`, programme, int64(from), pageRows)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var page []Entry
	for size := 0; size < pageBytes && rows.Next(); {
		e := Entry{Programme: programme}
		var events string
		if err := rows.Scan(&e.Seq, &e.Nonce, &e.At, &e.Actor, &events, &e.Prev); err != nil {
			return nil, err
		}
		e.Events = json.RawMessage(events)
		page = append(page, e)
		size += len(events)
	}
	return page, rows.Err()
}

func (s *SQLite) Programmes(ctx context.Context) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT DISTINCT programme FROM journal ORDER BY programme`)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, s.explain(err)
		}
		names = append(names, name)
	}
	return names, s.explain(rows.Err())
}

// PutBlob stores the blob as one row: a row may be large here, and one
// statement is whole or not at all.
func (s *SQLite) PutBlob(ctx context.Context, data []byte) (string, error) {
	hash := hexSum(data)
	var have bool
	err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM blob WHERE hash = ?)`, hash).Scan(&have)
	if err != nil || have {
		return hash, s.explain(err)
	}
	_, err = s.write.ExecContext(ctx, `INSERT INTO blob (hash, gz) VALUES (?, ?) ON CONFLICT DO NOTHING`, hash, squeeze(data))
	return hash, s.explain(err)
}

func (s *SQLite) Blob(ctx context.Context, hash string) ([]byte, error) {
	var gz []byte
	err := s.read.QueryRowContext(ctx, `SELECT gz FROM blob WHERE hash = ?`, hash).Scan(&gz)
	if err != nil {
		return nil, s.missing(err)
	}
	data, err := unsqueeze(gz)
	if err != nil || hexSum(data) != hash {
		return nil, &CorruptError{What: "blob " + hash, Err: err}
	}
	return data, nil
}

func (s *SQLite) PutCheckpoint(ctx context.Context, programme string, seq uint64, data []byte) error {
	if err := checkCheckpoint(programme, seq); err != nil {
		return err
	}
	gz := squeeze(data) // before the transaction: writers wait for it
	return s.explain(s.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO checkpoint (programme, seq, hash, gz) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET hash = excluded.hash, gz = excluded.gz`, programme, int64(seq), hexSum(data), gz)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM checkpoint WHERE programme = ?1 AND seq NOT IN
			(SELECT seq FROM checkpoint WHERE programme = ?1 ORDER BY seq DESC LIMIT ?2)`, programme, keptCheckpoints)
		return err
	}))
}

// Checkpoint steps over a damaged one: an older one or the journal will do.
func (s *SQLite) Checkpoint(ctx context.Context, programme string) (uint64, []byte, error) {
	for before := int64(math.MaxInt64); ; {
		var hash string
		var gz []byte
		err := s.read.QueryRowContext(ctx, `SELECT seq, hash, gz FROM checkpoint WHERE programme = ? AND seq < ?
			ORDER BY seq DESC LIMIT 1`, programme, before).Scan(&before, &hash, &gz)
		if err != nil {
			return 0, nil, s.missing(err)
		}
		if data, err := unsqueeze(gz); err == nil && hexSum(data) == hash {
			return uint64(before), data, nil
		}
	}
}

func (s *SQLite) Insert(ctx context.Context, bucket, id string, doc []byte) error {
	if err := checkRecord(bucket, id, doc); err != nil {
		return err
	}
	return s.explain(insertRecord(ctx, s.write, bucket, id, doc))
}

func insertRecord(ctx context.Context, db execer, bucket, id string, doc []byte) error {
	return insert(ctx, db, `INSERT INTO record (bucket, id, doc) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, bucket, id, notNull(doc))
}

// notNull keeps an empty doc from becoming NULL.
func notNull(doc []byte) []byte {
	if doc == nil {
		return []byte{}
	}
	return doc
}

const putRecord = `INSERT INTO record (bucket, id, doc) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET doc = excluded.doc`

// InsertMany stores all docs in one transaction: here it is all or nothing.
func (s *SQLite) InsertMany(ctx context.Context, bucket string, docs map[string][]byte) error {
	for id, doc := range docs {
		if err := checkRecord(bucket, id, doc); err != nil {
			return err
		}
	}
	err := s.transact(ctx, func(tx *sql.Tx) error {
		put, err := tx.PrepareContext(ctx, putRecord)
		if err != nil {
			return err
		}
		defer put.Close()
		for id, doc := range docs {
			if _, err := put.ExecContext(ctx, bucket, id, notNull(doc)); err != nil {
				return fmt.Errorf("store %d docs in %s: %w", len(docs), bucket, err)
			}
		}
		return nil
	})
	return s.explain(err)
}

func (s *SQLite) Put(ctx context.Context, bucket, id string, doc []byte) error {
	if err := checkRecord(bucket, id, doc); err != nil {
		return err
	}
	_, err := s.write.ExecContext(ctx, putRecord, bucket, id, notNull(doc))
	return s.explain(err)
}

func (s *SQLite) Get(ctx context.Context, bucket, id string) ([]byte, error) {
	var doc []byte
	err := s.read.QueryRowContext(ctx, `SELECT doc FROM record WHERE bucket = ? AND id = ?`, bucket, id).Scan(&doc)
	return doc, s.missing(err)
}

func (s *SQLite) Delete(ctx context.Context, bucket, id string) error {
	_, err := s.write.ExecContext(ctx, `DELETE FROM record WHERE bucket = ? AND id = ?`, bucket, id)
	return s.explain(err)
}

func (s *SQLite) Take(ctx context.Context, bucket, id string) ([]byte, error) {
	var doc []byte
	err := s.transact(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `DELETE FROM record WHERE bucket = ? AND id = ? RETURNING doc`, bucket, id).Scan(&doc)
	})
	if err != nil {
		return nil, s.missing(err)
	}
	return doc, nil
}

func (s *SQLite) All(ctx context.Context, bucket string, fn func(id string, doc []byte) error) error {
	for after := ""; ; {
		page, err := s.recordPage(ctx, bucket, after)
		if err != nil {
			return s.explain(err)
		}
		if len(page) == 0 {
			return nil
		}
		for _, r := range page {
			if err := fn(r.id, r.doc); err != nil {
				return err
			}
			after = r.id
		}
	}
}

type record struct {
	id  string
	doc []byte
}

func (s *SQLite) recordPage(ctx context.Context, bucket, after string) ([]record, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, doc FROM record WHERE bucket = ? AND id > ? ORDER BY id LIMIT ?`,
		bucket, after, pageRows)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var page []record
	for size := 0; size < pageBytes && rows.Next(); {
		var r record
		if err := rows.Scan(&r.id, &r.doc); err != nil {
			return nil, err
		}
		page = append(page, r)
		size += len(r.doc)
	}
	return page, rows.Err()
}
