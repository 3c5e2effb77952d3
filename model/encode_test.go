package model_test

import (
	"bytes"
	"testing"

	"kaskad/model"
)

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	p, err := model.DecodeProblem([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	p.People[0].Needs = []string{} // not the default
	var text, again bytes.Buffer
	if err := model.Write(&text, p); err != nil {
		t.Fatal(err)
	}
	read, err := model.ReadProblem(bytes.NewReader(text.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := model.Write(&again, read); err != nil || !bytes.Equal(text.Bytes(), again.Bytes()) {
		t.Errorf("read and written again: %s, want %s (%v)", again.Bytes(), text.Bytes(), err)
	}
}
