package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// LockedError says that another process works in the data folder.
type LockedError struct {
	Dir string
	PID int // 0 if it has not said
}

func (e *LockedError) Error() string {
	who := "another Kaskad"
	if e.PID != 0 {
		who += fmt.Sprintf(" (process %d)", e.PID)
	}
	return fmt.Sprintf("the data folder %s is in use by %s: stop that one first, or give this one a folder of its own", e.Dir, who)
}

// FolderError says that the data folder cannot be used.
type FolderError struct {
	Dir string
	Err error
}

func (e *FolderError) Error() string {
	return fmt.Sprintf("the data folder %s cannot be written (%v): let this user write there, or choose another folder", e.Dir, e.Err)
}

func (e *FolderError) Unwrap() error { return e.Err }

// errHeld is what tryLock returns when another open file has the lock.
var errHeld = errors.New("lock is held")

// lockFolder makes dir if need be and takes the exclusive lock on dir/LOCK. The
// operating system drops the lock when the file is closed or the process dies.
// The file stays: removing it would let two processes lock two files of one name.
func lockFolder(dir string) (*os.File, error) {
	// Names and addresses of people are in there: the owner only.
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &FolderError{Dir: dir, Err: bare(err)}
	}
	f, err := os.OpenFile(filepath.Join(dir, "LOCK"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, &FolderError{Dir: dir, Err: bare(err)}
	}
	if err := tryLock(f); err != nil {
		defer f.Close()
		if errors.Is(err, errHeld) {
			return nil, &LockedError{Dir: dir, PID: readPID(f)}
		}
		return nil, &FolderError{Dir: dir, Err: err}
	}
	if err := writePID(f); err != nil {
		f.Close()
		return nil, &FolderError{Dir: dir, Err: bare(err)}
	}
	return f, nil
}

// bare is the reason without the call and path, which FolderError names itself.
func bare(err error) error {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

func writePID(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

func readPID(f *os.File) int {
	text, _ := io.ReadAll(io.LimitReader(f, 20))
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text))) // 0: its owner is just starting
	return pid
}
