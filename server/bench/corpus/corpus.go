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
	for _, s := range seeds {
		name := fmt.Sprintf("random-%d", s.seed)
		all = append(all, Entry{name, fmt.Sprintf("Everything mixed: up to %d people, %d slots, %d venues and %d modules.",
			s.size.People, s.size.Slots, s.size.Venues, s.size.Modules), Random(s.seed, s.size)})
	}
	return all
}

// seeds are random problems whose optimum a solver can prove in minutes and
// that leave something to decide.
var seeds = []struct {
	seed uint64
	size Size
}{
	{1001, Size{8, 5, 2, 2}}, {1002, Size{8, 5, 2, 2}},
}
