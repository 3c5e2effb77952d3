// Package wholefile writes files that are there whole or not at all, for their
// owner's eyes only: secrets, and mails about people.
package wholefile

import (
	"errors"
	"os"
	"path/filepath"
)

// Write puts data at path by way of a file beside it, moved there once it is
// safe on disk. What was at path is replaced. The mode is 0600.
func Write(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".writing-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
