package jobs

import (
	"context"
	"maps"
	"sync"
)

// A run's context tells who asked for it, and takes down what it counts.
type (
	byHand   struct{}
	countKey struct{}
)

// AskedFor marks a run that somebody has asked for, and waits for.
func AskedFor(ctx context.Context) context.Context { return context.WithValue(ctx, byHand{}, true) }

// ByHand tells whether somebody has asked for a run; else the cron has.
func ByHand(ctx context.Context) bool { return ctx.Value(byHand{}) != nil }

// counts is what a run has done, by words that pages have texts for.
type counts struct {
	mu sync.Mutex
	n  map[string]int
}

// Count adds to what the run of a job has done. Outside of a run it does nothing.
func Count(ctx context.Context, what string, n int) {
	c, ok := ctx.Value(countKey{}).(*counts)
	if !ok || n == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[what] += n
}

func counting(ctx context.Context) (context.Context, *counts) {
	c := &counts{n: map[string]int{}}
	return context.WithValue(ctx, countKey{}, c), c
}

func (c *counts) all() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.n)
}
