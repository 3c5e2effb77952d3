package store_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"

	"kaskad/server/store"
)

// Three servers share a store that loses requests and replies; on each, leaders
// claim the same seats. Whatever happens: a seat has one holder, whoever was told
// yes holds it, whoever was told no does not, and all servers agree in the end.
func TestServersAgreeWhateverTheStoreLoses(t *testing.T) {
	for seed := range uint64(150) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { simulate(t, seed) })
		})
	}
}

func simulate(t *testing.T, seed uint64) {
	const servers, leaders, seminars = 3, 3, 12
	m := store.OpenMemory()
	random := rand.New(rand.NewPCG(seed, 1))
	m.Inject(func(method, _ string) store.Fault {
		switch roll := random.IntN(100); {
		case roll < 10:
			return store.LoseRequest
		case roll < 25:
			return store.LoseReply
		case roll < 30 && method == "Append":
			return store.AnswerTaken
		}
		return store.NoFault
	})

	replicas := make([]*seats, servers)
	var told sync.Map // "who seat" → the answer
	var done sync.WaitGroup
	for i := range replicas {
		replicas[i] = openSeats(m)
		for l := range leaders {
			who := fmt.Sprintf("server%d-leader%d", i, l)
			done.Go(func() {
				for s := range seminars {
					seat := fmt.Sprintf("s%d", s)
					told.Store(who+" "+seat, replicas[i].claim(t.Context(), seat, who))
				}
			})
		}
	}
	done.Wait()

	m.Inject(func(string, string) store.Fault { return store.NoFault })
	for i, r := range replicas {
		if _, err := r.CatchUp(t.Context()); err != nil {
			t.Fatalf("server %d: %v", i, err) // a seat given twice shows here
		}
		if r.folded != len(r.taken) || fmt.Sprint(r.taken) != fmt.Sprint(replicas[0].taken) {
			t.Fatalf("server %d folded %d entries into %v, server 0 has %v", i, r.folded, r.taken, replicas[0].taken)
		}
	}
	holders := replicas[0].taken
	for s := range seminars {
		seat := fmt.Sprintf("s%d", s)
		yes := 0
		for i := range servers {
			for l := range leaders {
				who := fmt.Sprintf("server%d-leader%d", i, l)
				answer, _ := told.Load(who + " " + seat)
				switch {
				case answer == nil && holders[seat] != who:
					t.Errorf("%s was told yes for %s, which %q holds", who, seat, holders[seat])
				case answer == nil:
					yes++
				case answer == errTakenSeat && holders[seat] == who:
					t.Errorf("%s was told no for %s and holds it", who, seat)
				}
			}
		}
		if holders[seat] == "" {
			t.Errorf("nobody holds %s", seat)
		}
		if yes > 1 {
			t.Errorf("%d were told yes for %s", yes, seat)
		}
	}
}
