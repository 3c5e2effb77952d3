package store_test

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kaskad/server/store"
	"kaskad/server/store/storetest"
)

// openInChild names the folder a copy of this test program shall work in, see TestMain.
const openInChild = "KASKAD_STORETEST_CHILD"

// TestMain makes the test program double as a second Kaskad process: with
// openInChild set it appends as fast as it can, one line per acknowledged entry.
func TestMain(m *testing.M) {
	if dir := os.Getenv(openInChild); dir != "" {
		fmt.Println(appendForever(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func openSQLite(t *testing.T, dir string) store.Store {
	t.Helper()
	s, err := store.OpenSQLite(dir)
	if err != nil {
		t.Fatalf("OpenSQLite: %v", err)
	}
	return s
}

// raw opens the database file of a folder behind the store's back.
func raw(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func exec1(t *testing.T, dir, statement string) {
	t.Helper()
	if _, err := raw(t, dir).Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestSQLiteKeepsEveryPromise(t *testing.T) { storetest.Run(t, openSQLite) }

func TestSQLiteOpensFoldersWithAwkwardNames(t *testing.T) {
	for _, name := range []string{"with space", "100%", "what?_txlock=x", "a#b", "å&ä=ö"} {
		dir := filepath.Join(t.TempDir(), name)
		s := openSQLite(t, dir)
		if err := s.Put(t.Context(), "b", "x", nil); err != nil {
			t.Errorf("%s: Put = %v", name, err)
		}
		s.Close()
		if _, err := os.Stat(filepath.Join(dir, store.DatabaseFile)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// SQLite 3.7.0 to 3.51.2 could lose committed data when a WAL was reset:
// https://www.sqlite.org/wal.html#walresetbug
func TestSQLiteIsNewerThanTheResetBug(t *testing.T) {
	var text string
	if err := raw(t, t.TempDir()).QueryRow("SELECT sqlite_version()").Scan(&text); err != nil {
		t.Fatal(err)
	}
	var major, minor, patch int
	if _, err := fmt.Sscanf(text, "%d.%d.%d", &major, &minor, &patch); err != nil {
		t.Fatal(err)
	}
	if major*1_000_000+minor*1_000+patch < 3_051_003 {
		t.Errorf("sqlite_version() = %s, want 3.51.3 or newer", text)
	}
}

func TestSQLiteRefusesASecondProcess(t *testing.T) {
	dir := t.TempDir()
	first := openSQLite(t, dir)
	before, err := os.ReadFile(filepath.Join(dir, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}

	_, err = store.OpenSQLite(dir)
	var locked *store.LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() || locked.Dir != dir {
		t.Fatalf("OpenSQLite a second time = %v, want a *LockedError with this process", err)
	}
	out, _ := child(dir).Output()
	if said := strings.TrimSpace(string(out)); said != locked.Error() {
		t.Errorf("the second process said %q, want %q", said, locked.Error())
	}
	after, _ := os.ReadFile(filepath.Join(dir, store.DatabaseFile))
	if string(after) != string(before) {
		t.Error("the refused process changed the database")
	}

	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	openSQLite(t, dir).Close()
}

func TestSQLiteNamesAnUnusableFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	occupied := t.TempDir()
	if err := os.Mkdir(filepath.Join(occupied, store.DatabaseFile), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below"), occupied} {
		_, err := store.OpenSQLite(dir)
		var folder *store.FolderError
		if !errors.As(err, &folder) || folder.Dir != dir || strings.Contains(err.Error(), "\n") {
			t.Errorf("OpenSQLite(%s) = %v, want a *FolderError", dir, err)
		}
	}
}

func TestSQLiteKeepsItsFolderPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	openSQLite(t, dir).Close()
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode of the data folder = %v, %v, want no access for others", info.Mode(), err)
	}
}

func TestSQLiteRefusesANewerSchema(t *testing.T) {
	dir := t.TempDir()
	openSQLite(t, dir).Close()
	exec1(t, dir, "PRAGMA user_version=99")
	_, err := store.OpenSQLite(dir)
	var schema *store.SchemaError
	if !errors.As(err, &schema) || schema.Version != 99 || schema.Known >= 99 {
		t.Fatalf("OpenSQLite = %v, want a *SchemaError with version 99", err)
	}
	exec1(t, dir, fmt.Sprintf("PRAGMA user_version=%d", schema.Known))
	openSQLite(t, dir).Close() // the refusal has freed the folder
}

func TestSQLiteRefusesAForeignDatabase(t *testing.T) {
	dir := t.TempDir()
	exec1(t, dir, "CREATE TABLE theirs (x)")
	if _, err := store.OpenSQLite(dir); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("OpenSQLite = %v, want a refusal", err)
	}
}

// damage overwrites bytes of the database file.
func damage(t *testing.T, dir string, offset int64, with []byte) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, store.DatabaseFile), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(with, offset); err != nil {
		t.Fatal(err)
	}
}

func TestSQLiteNoticesADamagedFile(t *testing.T) {
	// 100 KB of records: the page in the middle is one of many that nobody reads at start.
	docs := map[string][]byte{}
	for i := range 100 {
		docs[fmt.Sprint(i)] = make([]byte, 1000)
	}
	for name, offset := range map[string]int64{"header": 0, "schema page": 100, "page in the middle": 15 * 4096} {
		dir := t.TempDir()
		s := openSQLite(t, dir)
		if err := s.InsertMany(t.Context(), "b", docs); err != nil {
			t.Fatal(err)
		}
		s.Close()
		damage(t, dir, offset, []byte(strings.Repeat("damaged!", 64)))
		_, err := store.OpenSQLite(dir)
		var corrupt *store.CorruptError
		if !errors.As(err, &corrupt) {
			t.Errorf("OpenSQLite with a damaged %s = %v, want a *CorruptError", name, err)
		}
	}
}

func TestSQLiteNoticesDamagedContent(t *testing.T) {
	dir := t.TempDir()
	s := openSQLite(t, dir)
	hash, err := s.PutBlob(t.Context(), []byte("content"))
	if err != nil {
		t.Fatal(err)
	}
	for seq := range uint64(3) {
		if err := s.PutCheckpoint(t.Context(), "p", seq+1, []byte("state")); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	var corrupt *store.CorruptError
	for _, gz := range []string{"x'00'", "(SELECT gz FROM checkpoint)"} { // no gzip; the gzip of something else
		exec1(t, dir, "UPDATE blob SET gz = "+gz)
		s = openSQLite(t, dir)
		if _, err := s.Blob(t.Context(), hash); !errors.As(err, &corrupt) {
			t.Errorf("Blob = %v, want a *CorruptError", err)
		}
		s.Close()
	}
	exec1(t, dir, "UPDATE checkpoint SET gz = x'00' WHERE seq = 2; UPDATE checkpoint SET hash = '' WHERE seq = 3")
	s = openSQLite(t, dir)
	defer s.Close()
	if seq, data, err := s.Checkpoint(t.Context(), "p"); seq != 1 || string(data) != "state" || err != nil {
		t.Errorf("Checkpoint = %d, %q, %v, want the older whole one", seq, data, err)
	}
}

func TestSQLiteRefusesTablesWithoutUniqueKeys(t *testing.T) {
	for _, table := range []string{"journal", "record"} {
		dir := t.TempDir()
		openSQLite(t, dir).Close()
		exec1(t, dir, "CREATE TABLE copy AS SELECT * FROM "+table+"; DROP TABLE "+table+"; ALTER TABLE copy RENAME TO "+table)
		if _, err := store.OpenSQLite(dir); !errors.Is(err, store.ErrUnsafe) {
			t.Errorf("OpenSQLite with a %s without keys = %v, want ErrUnsafe", table, err)
		}
	}
}

func TestSQLiteBackupIsWholeAndOpens(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	s := openSQLite(t, dir)
	defer s.Close()
	entries := storetest.Entries("p", 500)
	for _, e := range entries[:250] {
		if err := s.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	appended := make(chan error)
	go func() { // while the server goes on
		for _, e := range entries[250:] {
			if err := s.Append(t.Context(), e); err != nil {
				appended <- err
				return
			}
		}
		appended <- nil
	}()
	path := filepath.Join(copied, store.DatabaseFile)
	backup := s.(*store.SQLite).Backup
	if err := backup(t.Context(), path); err != nil {
		t.Fatalf("Backup: %v", err)
	}
	if err := <-appended; err != nil {
		t.Fatal(err)
	}
	if err := backup(t.Context(), path); !errors.Is(err, os.ErrExist) {
		t.Errorf("Backup over a file = %v, want os.ErrExist", err)
	}
	if left, _ := filepath.Glob(filepath.Join(copied, "*.part")); len(left) != 0 {
		t.Errorf("Backup left %q", left)
	}
	restored := openSQLite(t, copied)
	defer restored.Close()
	if n := len(wholeJournal(t, restored, "p")); n < 250 || n > 500 {
		t.Errorf("the backup has %d entries, want 250 to 500", n)
	}
}

// wholeJournal reads a programme and checks its chain.
func wholeJournal(t *testing.T, s store.Store, programme string) []store.Entry {
	t.Helper()
	var head store.Head
	var entries []store.Entry
	if err := s.Entries(t.Context(), programme, 1, func(e store.Entry) (err error) {
		entries = append(entries, e)
		head, err = head.Next(e)
		return err
	}); err != nil {
		t.Fatalf("Entries: %v", err)
	}
	return entries
}

func child(dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), openInChild+"="+dir)
	return cmd
}

func TestSQLiteKeepsEveryAcknowledgedEntryWhenKilled(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]string{} // nonce by "programme seq"
	for round := range 10 {
		cmd := child(dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		for n := 1; ; n++ {
			line, err := lines.ReadString('\n')
			if err != nil {
				break // killed, and every acknowledgement read
			}
			collect(t, acknowledged, line)
			if n == 40*(round+1) {
				if err := cmd.Process.Kill(); err != nil { // SIGKILL
					t.Fatal(err)
				}
			}
		}
		cmd.Wait()

		s := openSQLite(t, dir)
		stored := map[string]string{}
		for _, programme := range []string{"p0", "p1", "p2", "p3"} {
			for _, e := range wholeJournal(t, s, programme) {
				stored[fmt.Sprintf("%s %d", programme, e.Seq)] = e.Nonce
			}
		}
		s.Close()
		for key, nonce := range acknowledged {
			if stored[key] != nonce {
				t.Fatalf("round %d: acknowledged entry %s has nonce %q, want %q", round, key, stored[key], nonce)
			}
		}
	}
	if len(acknowledged) < 2000 {
		t.Errorf("only %d entries were acknowledged, too few to mean something", len(acknowledged))
	}
}

func collect(t *testing.T, acknowledged map[string]string, line string) {
	t.Helper()
	fields := strings.Fields(line)
	if len(fields) != 3 || len(fields[2]) != 32 {
		t.Fatalf("the child said %q", line)
	}
	acknowledged[fields[0]+" "+fields[1]] = fields[2]
}
