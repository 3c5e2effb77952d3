package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite is the store in one file of one folder, for one server process.
type SQLite struct {
	path string
	lock *os.File
	// One connection writes, so that writers queue here in turn and not in
	// SQLite's busy handler, which sleeps up to 100 ms at a time.
	write *sql.DB
	read  *sql.DB
}

// DatabaseFile is the name of the database in the data folder.
const DatabaseFile = "kaskad.db"

// applicationID marks the file as ours: "KASK" in ASCII (SQLite file format, 1.3.10).
const applicationID = 0x4B41534B

// schema holds, per version, the statements that lead to it from the one before.
// Never change one that has been released; add the next.
var schema = []string{`
CREATE TABLE journal (
	programme TEXT NOT NULL, seq INTEGER NOT NULL, nonce TEXT NOT NULL, at INTEGER NOT NULL,
	actor TEXT NOT NULL, events TEXT NOT NULL, prev TEXT NOT NULL,
	PRIMARY KEY (programme, seq)) STRICT;
CREATE TABLE blob (hash TEXT NOT NULL PRIMARY KEY, gz BLOB NOT NULL) STRICT;
CREATE TABLE checkpoint (
	programme TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, gz BLOB NOT NULL,
	PRIMARY KEY (programme, seq)) STRICT;
CREATE TABLE record (
	bucket TEXT NOT NULL, id TEXT NOT NULL, doc BLOB NOT NULL,
	PRIMARY KEY (bucket, id)) STRICT;
`}

// OpenSQLite opens or makes the database in dir and locks dir against other
// processes until Close. The whole file is checked for damage on the way, which
// reads it once.
//
// *LockedError if another process has the folder, *FolderError if it cannot be
// written, *CorruptError if the database is damaged, *SchemaError if a newer
// Kaskad wrote it.
func OpenSQLite(dir string) (Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, &FolderError{Dir: dir, Err: err}
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	s := &SQLite{path: filepath.Join(dir, DatabaseFile), lock: lock}
	if err := s.open(context.Background()); err != nil {
		s.Close()
		return nil, s.explain(err)
	}
	return s, nil
}

func (s *SQLite) open(ctx context.Context) (err error) {
	if s.write, err = sql.Open("sqlite", s.dsn("_txlock=immediate")); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", s.dsn("_pragma=query_only(1)")); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(max(2, runtime.GOMAXPROCS(0)))
	if err := s.migrate(ctx); err != nil {
		return err
	}
	var verdict string
	if err := s.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return &CorruptError{What: s.path, Err: errors.New(verdict)}
	}
	return s.SelfCheck(ctx)
}

// dsn is the file's address with the settings every connection has. FULL makes
// SQLite wait for the disk at each commit; with WAL, NORMAL would not.
func (s *SQLite) dsn(extra string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(s.path), RawQuery: "_pragma=busy_timeout(5000)" +
		"&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=trusted_schema(0)&" + extra}
	return u.String()
}

// migrate brings the schema up to date in one transaction: a process killed in
// the middle leaves the old one.
func (s *SQLite) migrate(ctx context.Context) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		var app, version, tables int
		if err := tx.QueryRowContext(ctx, `SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
			FROM pragma_application_id, pragma_user_version`).Scan(&app, &version, &tables); err != nil {
			return err
		}
		if app != applicationID && (app != 0 || version != 0 || tables != 0) {
			return fmt.Errorf("%s is a database of another program: choose another folder", s.path)
		}
		if version > len(schema) {
			return &SchemaError{Path: s.path, Version: version, Known: len(schema)}
		}
		if version == len(schema) {
			return nil
		}
		for _, step := range schema[version:] {
			if _, err := tx.ExecContext(ctx, step); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", applicationID, len(schema)))
		return err
	})
}

// transact runs do in one write transaction.
func (s *SQLite) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after Commit it does nothing
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// errUndo ends a transaction that was meant to leave nothing behind.
var errUndo = errors.New("undo")

func (s *SQLite) SelfCheck(ctx context.Context) error {
	err := s.transact(ctx, func(tx *sql.Tx) error {
		entry := Entry{Programme: "self-check", Seq: 1, Nonce: NewNonce()}
		if err := probe(func() error { return insertEntry(ctx, tx, entry) }); err != nil {
			return err
		}
		if err := probe(func() error { return insertRecord(ctx, tx, "self-check", entry.Nonce, nil) }); err != nil {
			return err
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return s.explain(err)
}

// Backup writes a whole, consistent copy of the database to path while the
// server goes on working. path must not exist; it appears only when complete.
// Put it into an empty folder as kaskad.db to restore it.
func (s *SQLite) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("back up to %s: %w", path, os.ErrExist)
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", s.dsn("")) // neither the writer, which would wait, nor the read-only ones, which may not
	if err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		os.Remove(part)
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	// VACUUM INTO does not wait for the disk; a backup is what one falls back on.
	if err := syncFile(part); err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	return os.Rename(part, path)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Close writes everything into the one file and frees the folder.
func (s *SQLite) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(append(errs, s.lock.Close())...)
}

// SchemaError says that the database was written by a newer Kaskad.
type SchemaError struct {
	Path           string
	Version, Known int
}

func (e *SchemaError) Error() string {
	return fmt.Sprintf("%s has schema version %d, this Kaskad knows up to %d: use the newer Kaskad that wrote it, or restore an older backup",
		e.Path, e.Version, e.Known)
}

// explain turns what SQLite says about the file as a whole into our words.
func (s *SQLite) explain(err error) error {
	var said *sqlite.Error
	if !errors.As(err, &said) {
		return err
	}
	switch said.Code() & 0xff { // the upper bytes only refine
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return &CorruptError{What: s.path, Err: err}
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return &FolderError{Dir: filepath.Dir(s.path), Err: err}
	}
	return err
}
