package corpus

import (
	"fmt"

	"kaskad/model"
)

// Entry is one problem of the corpus.
type Entry struct {
	Name    string
	Shows   string // what is hard about it, or which rule or cost it exercises
	Problem *model.Problem
}

// All lists the corpus: the problems made by hand, and random ones of growing size.
func All() []Entry {
	var all []Entry
	for _, group := range [][]Entry{edges(), leading(), times(), places(), promised(), wishes()} {
		all = append(all, group...)
	}
	for _, s := range mixed {
		all = append(all, Entry{fmt.Sprintf("random-%d", s.seed), s.says("Everything mixed"), Random(s.seed, s.size)})
	}
	for _, s := range calm {
		all = append(all, Entry{fmt.Sprintf("calm-%d", s.seed), s.says("A small programme that looks real"), Calm(s.seed, s.size)})
	}
	return all
}

type seeded struct {
	seed uint64
	size Size
}

func (s seeded) says(what string) string {
	return fmt.Sprintf("%s: up to %d people, %d slots, %d venues and %d modules.", what, s.size.People, s.size.Slots, s.size.Venues, s.size.Modules)
}

// mixed and calm are random problems whose optimum a solver proves in minutes.
var (
	mixed = []seeded{
		{1001, Size{8, 5, 2, 2}}, {1002, Size{8, 5, 2, 2}}, {1005, Size{10, 6, 3, 2}}, {1056, Size{14, 7, 3, 3}},
		{2045, Size{12, 7, 3, 3}}, {2068, Size{12, 7, 3, 3}}, {2086, Size{12, 7, 3, 3}}, {2151, Size{12, 7, 3, 3}},
		{2383, Size{12, 7, 3, 3}}, {2490, Size{12, 7, 3, 3}}, {2828, Size{12, 7, 3, 3}}, {2865, Size{12, 7, 3, 3}},
		{2887, Size{12, 7, 3, 3}}, {2942, Size{12, 7, 3, 3}}, {2993, Size{12, 7, 3, 3}}, {3449, Size{12, 7, 3, 3}},
	}
	calm = []seeded{
		{1, Size{12, 6, 2, 2}}, {2, Size{12, 6, 2, 2}}, {3, Size{12, 6, 2, 2}}, {4, Size{12, 6, 2, 2}}, {5, Size{12, 6, 2, 2}},
		{6, Size{12, 6, 2, 2}}, {7, Size{12, 6, 2, 2}}, {8, Size{12, 6, 2, 2}}, {9, Size{10, 6, 3, 2}}, {10, Size{10, 6, 3, 2}},
		{13, Size{14, 6, 2, 3}}, {14, Size{14, 6, 2, 3}}, {15, Size{14, 6, 2, 3}}, {16, Size{14, 6, 2, 3}}, {22, Size{16, 7, 2, 2}},
		{23, Size{16, 6, 2, 2}}, {24, Size{20, 6, 2, 1}}, {25, Size{24, 6, 3, 1}}, {26, Size{30, 5, 3, 1}},
		{27, Size{18, 6, 2, 2}}, {28, Size{16, 6, 3, 2}}, {29, Size{14, 7, 3, 2}}, {31, Size{40, 4, 2, 1}}, {32, Size{50, 3, 3, 1}},
	}
)
