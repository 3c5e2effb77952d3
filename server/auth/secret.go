package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kaskad/server/store"
	"kaskad/server/wholefile"
)

// OpenSecret gives the server's key: from configured text if there is any, else
// from the file secret.key in the data folder, made at first start. Servers on
// one database must have the same key, or calendar addresses of one would be
// unknown to the other; a different key than the database was first used with
// is refused.
func OpenSecret(ctx context.Context, s store.Store, dir, configured string) (Secret, error) {
	secret, err := readSecret(dir, configured)
	if err != nil {
		return Secret{}, err
	}
	const bucket, id = "settings", "secret-fingerprint"
	err = s.Insert(ctx, bucket, id, []byte(secret.Fingerprint()))
	if err == nil || !errors.Is(err, store.ErrTaken) {
		return secret, err
	}
	first, err := s.Get(ctx, bucket, id)
	if err != nil {
		return Secret{}, err
	}
	if string(first) != secret.Fingerprint() {
		return Secret{}, errors.New("this database was first used with another secret; set KASKAD_SECRET to the same text on every server, or put back the file secret.key")
	}
	return secret, nil
}

func readSecret(dir, configured string) (Secret, error) {
	if configured != "" {
		if len(configured) < 32 {
			return Secret{}, errors.New("KASKAD_SECRET is too short; give it at least 32 characters, such as the output of: openssl rand -hex 32")
		}
		return sha256.Sum256([]byte(configured)), nil
	}
	path := filepath.Join(dir, "secret.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeSecret(path)
	}
	if err != nil {
		return Secret{}, fmt.Errorf("read the server's secret: %w", err)
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(raw) != len(Secret{}) {
		return Secret{}, fmt.Errorf("%s is damaged: restore it from a backup; calendar addresses depend on it", path)
	}
	return Secret(raw), nil
}

func makeSecret(path string) (Secret, error) {
	var s Secret
	rand.Read(s[:]) // never fails, says its documentation
	// Half a secret would read as a damaged one, with no backup of a first start.
	if err := wholefile.Write(path, []byte(hex.EncodeToString(s[:])+"\n")); err != nil {
		return Secret{}, fmt.Errorf("write the server's secret: %w", err)
	}
	return s, nil
}
