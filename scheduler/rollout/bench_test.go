package rollout_test

import (
	"testing"

	"kaskad/scheduler/rollout"
	"kaskad/server/demo"
)

// The whole demonstration: 4,000 staff in 49 areas.
func BenchmarkPropose(b *testing.B) {
	p, _ := demo.Direkt(demo.Options{})
	first := rollout.Measure(p, 0).Weeks[0].Monday
	for name, s := range map[string]rollout.Settings{
		"three waves":               {Waves: 3, First: first, Weeks: 20, Apart: 20},
		"four with a limit in vain": {Waves: 4, First: first, Weeks: 12, Apart: 10, MaxLoad: 25},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := rollout.Propose(p, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkMeasure(b *testing.B) {
	p, _ := demo.Direkt(demo.Options{})
	for b.Loop() {
		rollout.Measure(p, 0)
	}
}
