package auth_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kaskad/server/auth"
	"kaskad/server/store"
)

func TestASecretIsMadeOnceAndKept(t *testing.T) {
	dir, s := t.TempDir(), store.OpenMemory()
	first := must[auth.Secret](t)(auth.OpenSecret(t.Context(), s, dir, ""))
	if first == (auth.Secret{}) {
		t.Fatal("the secret is nothing")
	}
	info, err := os.Stat(filepath.Join(dir, "secret.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the file is %v, %v; want it for its owner only", info.Mode(), err)
	}
	if again := must[auth.Secret](t)(auth.OpenSecret(t.Context(), s, dir, "")); again != first {
		t.Error("the second start has another secret")
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v, %v; want the secret alone", files, err)
	}
	if other := must[auth.Secret](t)(auth.OpenSecret(t.Context(), store.OpenMemory(), t.TempDir(), "")); other == first {
		t.Error("another server has the same secret")
	}
}

func TestADamagedSecretIsNotReplaced(t *testing.T) {
	for what, content := range map[string]string{"empty": "", "half": strings.Repeat("a", 63), "too long": strings.Repeat("ab", 33), "no hex": strings.Repeat("x", 64)} {
		dir := t.TempDir()
		path := filepath.Join(dir, "secret.key")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := auth.OpenSecret(t.Context(), store.OpenMemory(), dir, "")
		if err == nil || !strings.Contains(err.Error(), "damaged") || !strings.Contains(err.Error(), path) {
			t.Errorf("with a file that is %s: %v; want to read that it is damaged, and which", what, err)
		}
		if kept, _ := os.ReadFile(path); string(kept) != content {
			t.Errorf("a file that is %s is written over", what)
		}
	}
}

func TestAnotherSecretThanTheDatabasesIsRefused(t *testing.T) {
	s := store.OpenMemory()
	text := strings.Repeat("correct horse ", 3)
	first := must[auth.Secret](t)(auth.OpenSecret(t.Context(), s, t.TempDir(), text))
	if same := must[auth.Secret](t)(auth.OpenSecret(t.Context(), s, t.TempDir(), text)); same != first {
		t.Error("the same text is another secret on another server")
	}
	for _, configured := range []string{"", text + "x"} {
		if _, err := auth.OpenSecret(t.Context(), s, t.TempDir(), configured); err == nil || !strings.Contains(err.Error(), "KASKAD_SECRET") {
			t.Errorf("with another secret: %v; want to read what to do", err)
		}
	}
}

func TestAShortSecretIsRefused(t *testing.T) {
	for n, want := range map[int]bool{1: false, 31: false, 32: true, 33: true} {
		_, err := auth.OpenSecret(t.Context(), store.OpenMemory(), t.TempDir(), strings.Repeat("a", n))
		if (err == nil) != want {
			t.Errorf("a secret of %d characters: %v, want it taken: %v", n, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "aaaa") {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
}

func TestAFolderThatCannotBeWrittenIsSaid(t *testing.T) {
	_, err := auth.OpenSecret(t.Context(), store.OpenMemory(), filepath.Join(t.TempDir(), "none"), "")
	if err == nil || !strings.Contains(err.Error(), "write the server's secret") {
		t.Errorf("without a folder: %v", err)
	}
}

func TestALostAnswerOfTheStoreIsNotAnotherSecret(t *testing.T) {
	dir, s := t.TempDir(), store.OpenMemory()
	s.Inject(func(method, _ string) store.Fault {
		if method == "Insert" {
			return store.LoseReply
		}
		return store.NoFault
	})
	if _, err := auth.OpenSecret(t.Context(), s, dir, ""); err == nil {
		t.Error("a fingerprint nobody knows of is taken as kept")
	}
	s.Inject(func(string, string) store.Fault { return store.NoFault })
	if _, err := auth.OpenSecret(t.Context(), s, dir, ""); err != nil {
		t.Errorf("the next start fails: %v", err)
	}
}
