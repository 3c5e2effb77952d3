package scheduler

import (
	"sync"
	"sync/atomic"
)

// hand is one of those who add up a relaxation side by side, with what each keeps to
// itself. All that is added up is whole numbers, so who does what makes no difference.
type hand struct {
	bench   bench
	ways    bestWays
	balance [][]int64 // by group: what its chains bring
	late    int64
}

// employ sets so many hands to work.
func (d *dual) employ(n int) {
	d.hands = make([]hand, n)
	for i := range d.hands {
		d.hands[i].bench.came = make([]int32, len(d.c.unitMax))
	}
}

// chainsAtOnce is how many chains a hand takes on at a time.
const chainsAtOnce = 2000

// addUp sums up all chains and groups at the present prices; false when it was stopped.
func (d *dual) addUp(stop func() bool) (int64, bool) {
	var sum, next atomic.Int64
	var halted atomic.Bool
	enough := func() bool {
		if !halted.Load() && stop() {
			halted.Store(true)
		}
		return halted.Load()
	}
	groups, chains := len(d.groups), (len(d.passages)+chainsAtOnce-1)/chainsAtOnce
	work := func(h *hand) {
		h.begin(d)
		for i := int(next.Add(1)) - 1; i < groups+chains && !enough(); i = int(next.Add(1)) - 1 {
			if i < groups {
				sum.Add(d.groups[i].evaluate(d, &h.bench, enough))
				continue
			}
			from := (i - groups) * chainsAtOnce
			sum.Add(d.follow(h, from, min(from+chainsAtOnce, len(d.passages))))
		}
	}
	var others sync.WaitGroup
	for i := 1; i < len(d.hands); i++ {
		others.Go(func() { work(&d.hands[i]) })
	}
	work(&d.hands[0])
	others.Wait()
	d.late = 0
	for i := range d.hands {
		d.late += d.hands[i].late
		for k, g := range d.groups {
			for x, n := range d.hands[i].balance[k] {
				g.balance[x] += n
			}
		}
	}
	return sum.Load(), !halted.Load()
}

// begin clears what a hand counts.
func (h *hand) begin(d *dual) {
	h.late = 0
	if h.balance == nil {
		h.balance = make([][]int64, len(d.groups))
		for k, g := range d.groups {
			h.balance[k] = make([]int64, len(g.balance))
		}
	}
	for k := range h.balance {
		clear(h.balance[k])
	}
}
