package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"slices"
	"syscall"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/server/demo"
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

var sizes = []int{4000, 40000}

// A page is asked for often enough that one in twenty is some, a slow one no
// longer than a while.
const (
	often      = 40
	atLeast    = 20
	longEnough = 3 * time.Second
)

// afterChanges is how often a page is asked for as the first after a change.
const afterChanges = 3

// BenchmarkPages is the server's time for every page of the site map, and the
// processor's, connection, parsing and collecting garbage included: as long as
// nothing changes, and as the first page after a change. On a machine with
// other work the processor's time says more. Run it with -benchtime 1x.
func BenchmarkPages(b *testing.B) {
	for _, staff := range sizes {
		b.Run(fmt.Sprint(staff), func(b *testing.B) {
			x := large(b, staff).furnish()
			visitors := map[string]*visitor{}
			for _, who := range append(slices.Collect(maps.Keys(x.people)), "coordinator") {
				visitors[who] = x.visitor(who)
			}
			for _, e := range x.all() {
				b.Run(e.who+e.address, func(b *testing.B) { x.measure(b, e, visitors[e.who]) })
			}
		})
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
func (x *examples) measure(b *testing.B, e example, v *visitor) {
	page := ""
	var spent []time.Duration
	ask := func() time.Duration {
		start, used := time.Now(), processorTime(b)
		a := v.get(e.address)
		took := time.Since(start)
		spent = append(spent, processorTime(b)-used)
		if !e.fine(a) {
			b.Fatalf("%s = %d\n%s", e.address, a.status, words(a.body))
		}
		page = a.body
		return took
	}
	var fresh, took []time.Duration
	for range afterChanges {
		x.do(model.RotateFeed{Person: x.people["leader"].Person}) // whose calendar is not measured
		fresh = append(fresh, ask())
	}
	afterwards := slices.Sorted(slices.Values(spent))
	spent = nil
	for b.Loop() {
		took = append(took, ask())
	}
	for begun := time.Now(); len(took) < atLeast || len(took) < often && time.Since(begun) < longEnough; {
		took = append(took, ask())
	}
	slices.Sort(took)
	slices.Sort(spent)
	slices.Sort(fresh)
	for name, d := range map[string]time.Duration{"p50-ms": took[len(took)/2], "p95-ms": took[len(took)*95/100], "changed-ms": fresh[afterChanges/2],
		"cpu-p50-ms": spent[len(spent)/2], "cpu-p95-ms": spent[len(spent)*95/100], "cpu-changed-ms": afterwards[afterChanges/2]} {
		b.ReportMetric(float64(d.Microseconds())/1000, name)
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write([]byte(page)) // a buffer takes everything
	w.Close()
	b.ReportMetric(float64(zipped.Len())/1000, "kB-gzip")
	b.ReportMetric(0, "ns/op")
}
