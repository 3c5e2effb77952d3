package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"kaskad/server/store"
)

// appendForever continues four journals in dir, each from a goroutine of its own,
// and prints "programme seq nonce" after each acknowledgement. It ends with an error or a kill.
func appendForever(dir string) error {
	s, err := store.OpenSQLite(dir)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for i := range 4 {
		go func() { failed <- appendTo(s, fmt.Sprintf("p%d", i)) }()
	}
	return <-failed
}

func appendTo(s store.Store, programme string) error {
	ignore := func(store.Entry) error { return nil }
	c := store.NewCommitter(s, programme, store.Head{}, ignore, time.Now)
	if _, err := c.CatchUp(context.Background()); err != nil {
		return err
	}
	for {
		e, err := c.Commit(context.Background(), "p1", func() (json.RawMessage, error) {
			return json.RawMessage(`[{"type":"claimed","seminar":"s1","leader":"p1"}]`), nil
		})
		if err != nil {
			return err
		}
		// One write a line: a kill leaves whole lines or none.
		if _, err := fmt.Fprintf(os.Stdout, "%s %d %s\n", e.Programme, e.Seq, e.Nonce); err != nil {
			return err
		}
	}
}
