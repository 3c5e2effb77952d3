package demo_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kaskad/server/demo"
)

func TestShareGivesTheLargestRemainders(t *testing.T) {
	for _, c := range []struct {
		total   int
		weights []float64
		want    []int
	}{
		{10, []float64{47, 16, 15.8, 12, 6.1, 3.1}, []int{5, 2, 1, 1, 1, 0}}, // quotas 4.7 1.6 1.58 1.2 0.61 0.31
		{3, []float64{1, 1}, []int{2, 1}},                                    // a tie goes to the first
		{4000, []float64{55, 15, 30}, []int{2200, 600, 1200}},
		{5, []float64{0, 0}, []int{0, 0}},
		{0, []float64{1, 2}, []int{0, 0}},
	} {
		if got := demo.Share(c.total, c.weights); !slices.Equal(got, c.want) {
			t.Errorf("Share(%d, %v) = %v, want %v", c.total, c.weights, got, c.want)
		}
	}
}

func TestSharesAddUpAndKeepTheFloor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Float64Range(0, 1000), 1, 60).Draw(t, "weights")
		total := rapid.IntRange(0, 5000).Draw(t, "total")
		floor := rapid.IntRange(0, 3).Draw(t, "floor")
		sum, positive := 0.0, 0
		for _, w := range weights {
			sum += w
			if w > 0 {
				positive++
			}
		}
		got := demo.ShareAtLeast(total, floor, weights)
		given := 0
		for i, n := range got {
			given += n
			if weights[i] == 0 && n != 0 {
				t.Fatalf("weight 0 got %d", n)
			}
			if weights[i] > 0 && n < floor && total >= floor*positive {
				t.Fatalf("weight %v got %d, want at least %d", weights[i], n, floor)
			}
		}
		if positive > 0 && given != total {
			t.Fatalf("parts add up to %d, want %d", given, total)
		}
		for i, n := range demo.Share(total, weights) {
			if quota := float64(total) * weights[i] / sum; positive > 0 && (float64(n) > quota+1+1e-6 || float64(n) < quota-1-1e-6) {
				t.Fatalf("quota %v got %d", quota, n)
			}
		}
	})
}
