package ui

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// StaticPrefix is where the server mounts Static.
const StaticPrefix = "/static/"

// contentHash names the state of all static files together. One name for the
// whole folder lets scripts import each other by relative address and still
// never mix two versions.
var contentHash = hashStatic()

func hashStatic() string {
	sum := sha256.New()
	err := fs.WalkDir(staticFiles, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := staticFiles.ReadFile(path)
		if err != nil {
			return err
		}
		sum.Write([]byte(path))
		sum.Write(data)
		return nil
	})
	if err != nil {
		// Embedded files cannot fail to be read; if they do the binary is broken.
		panic("ui: embedded static files: " + err.Error())
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

// AssetURL is the address of a static file, such as /static/3fa9…/app.css.
// What it leads to never changes: serve it with "immutable".
func AssetURL(name string) string { return StaticPrefix + contentHash + "/" + name }

// Static holds the static files as HASH/name, to be mounted at StaticPrefix.
// Any other hash is fs.ErrNotExist, so an old page never gets a new script.
func Static() fs.FS { return hashed{} }

type hashed struct{}

// Open implements fs.FS.
func (hashed) Open(name string) (fs.File, error) {
	rest, ok := strings.CutPrefix(name, contentHash)
	if !ok || !fs.ValidPath(name) || rest != "" && rest[0] != '/' {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return staticFiles.Open("static" + rest)
}

// ContentSecurityPolicy is the header every page is served with: nothing
// inline, nothing from elsewhere. Templates and styles are written to hold it.
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
