package scheduler_test

import (
	"syscall"
	"testing"
	"time"

	"kaskad/scheduler"
	"kaskad/server/demo"
)

// processorTime is what the process has used: others may have the machine too.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// How many changes are priced in a second of one core, for 4,000 staff with all
// rules on and the search about half cooled: changes of people alone, and all
// moves as the search mixes them.
func BenchmarkMoves(b *testing.B) {
	p, _ := demo.Direkt(demo.Options{Staff: 4000})
	for _, kind := range []struct {
		name string
		run  func(m *scheduler.Mover, n int)
	}{{"People", (*scheduler.Mover).ChangePeople}, {"All", (*scheduler.Mover).Move}} {
		b.Run(kind.name, func(b *testing.B) {
			m, err := scheduler.NewMover(p, 1, 300_000)
			if err != nil {
				b.Fatal(err)
			}
			kind.run(m, 20_000)
			priced, worked := m.Priced(), processorTime()
			b.ReportAllocs()
			b.ResetTimer()
			kind.run(m, b.N)
			b.ReportMetric(float64(m.Priced()-priced)/(processorTime()-worked).Seconds(), "priced/s")
		})
	}
}
