package store_test

import (
	"errors"
	"testing"

	"kaskad/server/store"
	"kaskad/server/store/storetest"
)

func TestMemoryKeepsEveryPromise(t *testing.T) {
	places := map[string]*store.Memory{}
	storetest.Run(t, func(_ *testing.T, place string) store.Store {
		if places[place] == nil {
			places[place] = store.OpenMemory()
		}
		places[place].Restart()
		return places[place]
	})
}

// failing makes the first calls of a method fail, one fault each.
func failing(method string, faults ...store.Fault) func(string, string) store.Fault {
	return func(called, _ string) store.Fault {
		if called != method || len(faults) == 0 {
			return store.NoFault
		}
		fault := faults[0]
		faults = faults[1:]
		return fault
	}
}

func TestMemoryFailsOnCommand(t *testing.T) {
	for _, c := range []struct {
		name   string
		fault  store.Fault
		err    error
		stored bool
		gone   bool
	}{
		{"works", store.NoFault, nil, true, false},
		{"loses the request", store.LoseRequest, store.ErrInjected, false, false},
		{"loses the reply", store.LoseReply, store.ErrInjected, true, false},
		{"answers taken", store.AnswerTaken, store.ErrTaken, false, false},
		{"crashes before", store.CrashBefore, store.ErrCrashed, false, true},
		{"crashes after", store.CrashAfter, store.ErrCrashed, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := store.OpenMemory()
			m.Inject(failing("Append", c.fault))
			if err := m.Append(t.Context(), storetest.Entries("p", 1)[0]); !errors.Is(err, c.err) {
				t.Errorf("Append = %v, want %v", err, c.err)
			}
			if _, err := m.Get(t.Context(), "b", "x"); errors.Is(err, store.ErrCrashed) != c.gone {
				t.Errorf("the next call = %v, want crashed %v", err, c.gone)
			}
			m.Restart()
			if _, err := m.Entry(t.Context(), "p", 1); (err == nil) != c.stored {
				t.Errorf("Entry afterwards = %v, want stored %v", err, c.stored)
			}
		})
	}
}

func TestSelfCheckRefusesAStoreThatAcceptsTwice(t *testing.T) {
	m := store.OpenMemory()
	m.Inject(failing("SelfCheck", store.AcceptTwice))
	if err := m.SelfCheck(t.Context()); !errors.Is(err, store.ErrUnsafe) {
		t.Errorf("SelfCheck = %v, want ErrUnsafe", err)
	}
}
