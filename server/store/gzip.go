package store

import (
	"bytes"
	"compress/gzip"
	"io"
)

// squeeze compresses b. Speed is worth more than the last tenth: a checkpoint is
// written while people wait.
func squeeze(b []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed) // fails only for an unknown level
	w.Write(b)                                        // a bytes.Buffer takes everything
	w.Close()
	return out.Bytes()
}

// unsqueeze undoes squeeze. An error means damaged bytes.
func unsqueeze(b []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
