package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/server/demo"
	"kaskad/server/web"
)

// large is a demonstration with a plan by the rules, all of it but the last
// wave published and mailed.
func large(b *testing.B, staff int) *site {
	b.Helper()
	p, contacts := demo.Direkt(demo.Options{Staff: staff})
	solved, err := scheduler.Solve(b.Context(), p, scheduler.Options{Seed: 1, Iterations: 1})
	if err != nil {
		b.Fatal(err)
	}
	s := open(b, base, func(s *site) {
		s.must(s.service.People.Save(b.Context(), contacts))
		s.do(model.LoadProgramme{Problem: p})
		s.do(model.SaveDraft{Plan: solved.Plan, Base: s.service.State().Seq})
		for _, w := range p.Waves[:len(p.Waves)-1] {
			s.publish(w.ID)
		}
	})
	s.send()
	return s
}

// sizes are the staff, and how often each page is asked for as the first after a change.
var sizes = []struct{ staff, changes int }{{4000, 3}, {40000, 1}}

// A page is asked for often enough that one in twenty is some, a slow one no
// longer than a while.
const (
	often, atLeast = 40, 20
	longEnough     = 3 * time.Second
)

// BenchmarkPages is the server's time for every page of the site map, and the
// processor's, collecting garbage included: as long as nothing changes, and for
// the first look after a change once the views are made again, which takes as
// long as the sub-benchmark "views" says. On a machine with other work the
// processor's time says more. Run it with -benchtime 1x.
func BenchmarkPages(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprint(size.staff), func(b *testing.B) {
			ballast := web.Ballast()
			defer runtime.KeepAlive(ballast)
			x := large(b, size.staff).furnish()
			visitors := map[string]*visitor{}
			for _, who := range append(slices.Collect(maps.Keys(x.people)), "coordinator") {
				visitors[who] = x.visitor(who)
			}
			first := map[example]spent{}
			b.Run("views", func(b *testing.B) {
				var took spent
				for range size.changes {
					took.add(b, x.change)
					for _, e := range x.all() {
						page := first[e]
						page.add(b, func() { visitors[e.who].see(e) })
						first[e] = page
					}
				}
				took.report(b, "", 50)
			})
			for _, e := range x.all() {
				b.Run(e.who+e.address, func(b *testing.B) { visitors[e.who].measure(b, e, first[e]) })
			}
			b.Run("memory", func(b *testing.B) {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc-uint64(len(ballast)))/1e6, "MB")
			})
		})
	}
}

// change makes the programme another, and waits until the views are made.
func (x *examples) change() {
	x.do(model.RotateFeed{Person: x.people["leader"].Person}) // whose calendar is not measured
	x.web.Warm()
}

func (v *visitor) see(e example) (page string) {
	a := v.get(e.address)
	if !e.fine(a) {
		v.site.t.Fatalf("%s = %d\n%s", e.address, a.status, words(a.body))
	}
	return a.body
}

// spent is how long something took each time, by the clock and of processors.
type spent struct{ clock, processor []time.Duration }

func (s *spent) add(b *testing.B, do func()) {
	start, used := time.Now(), processorTime(b)
	do()
	s.clock, s.processor = append(s.clock, time.Since(start)), append(s.processor, processorTime(b)-used)
}

// report gives a percentile of both, the least that so many do not exceed.
func (s *spent) report(b *testing.B, name string, percent int) {
	for unit, list := range map[string][]time.Duration{name + "ms": s.clock, name + "cpu-ms": s.processor} {
		b.ReportMetric(float64(slices.Sorted(slices.Values(list))[(len(list)*percent+99)/100-1].Microseconds())/1000, unit)
	}
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure asks for a page often.
func (v *visitor) measure(b *testing.B, e example, first spent) {
	page := ""
	var took spent
	for begun := time.Now(); len(took.clock) < atLeast || len(took.clock) < often && time.Since(begun) < longEnough; {
		took.add(b, func() { page = v.see(e) })
	}
	took.report(b, "p50-", 50)
	took.report(b, "p95-", 95)
	first.report(b, "first-", 50)
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write([]byte(page)) // a buffer takes everything
	w.Close()
	b.ReportMetric(float64(zipped.Len())/1000, "kB-gzip")
	b.ReportMetric(0, "ns/op")
}
