package mail_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kaskad/server/mail"
)

func TestOutboxWritesOneFileAMail(t *testing.T) {
	dir := t.TempDir()
	out, m := mail.NewOutbox(dir), compose(t, event(t), nil)
	for range 2 { // the second time changes nothing
		if err := out.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "2027-01-10", m.ID+".eml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, rendered(t, m)) {
		t.Error("the file is not the mail")
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("%d files in the folder, want 1 (%v)", len(files), err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, want 0600 (%v)", info.Mode(), err)
	}
}

func TestOutboxTellsUnfitMailsFromFullDisks(t *testing.T) {
	m := compose(t, event(t), nil)
	m.To.Email = ""
	var permanent *mail.PermanentError
	if err := mail.NewOutbox(t.TempDir()).Send(context.Background(), m); !errors.As(err, &permanent) || permanent.Code != 0 {
		t.Errorf("a mail to nobody: %v, want a PermanentError of code 0", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := mail.NewOutbox(file).Send(context.Background(), compose(t, event(t), nil))
	if err == nil || errors.As(err, &permanent) {
		t.Errorf("a folder that cannot be made: %v, want an error to try again after", err)
	}
}

func TestOutboxStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	if err := mail.NewOutbox(dir).Send(ctx, compose(t, event(t), nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
	if files, _ := os.ReadDir(dir); len(files) > 0 {
		t.Error("something is written all the same")
	}
}
