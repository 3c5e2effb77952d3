package model

import (
	"cmp"
	"slices"
	"strings"
)

// Standing is how a seminar of the draft relates to what is published.
type Standing string

const (
	Drafted     Standing = "drafted"      // nobody has been told of it
	AsPublished Standing = "as-published" // people have been told exactly this
	ToChange    Standing = "to-change"    // published, and the draft has it otherwise
	ToCancel    Standing = "to-cancel"    // published, and not in the draft
)

// Planned is a seminar as coordinators see it: as the draft has it, and how
// that relates to what people have been told.
type Planned struct {
	Seminar  // ID is the published one if there is one
	Wave     string
	Standing Standing
	DraftID  string            // the draft's Ref and its id there; "" without a draft
	Before   *PublishedSeminar // what people have been told; nil when nobody has
}

// Working lists the seminars of draft and publication together, by time and
// id. Of a stale draft, which no longer fits what is published, only the seminars
// nobody has been told of are shown, beside what is published.
func (s *State) Working() []Planned {
	if s.DraftStale() {
		return s.beside()
	}
	var list []Planned
	kept := map[string]bool{}
	if s.Draft != nil {
		published := s.fromDraft()
		for _, x := range s.Draft.Plan.Seminars {
			now := Planned{Seminar: x, Wave: s.Roster.WaveOf(&x), Standing: Drafted, DraftID: s.Draft.Ref + "/" + x.ID, Before: published[x.ID]}
			if now.Before != nil {
				now.ID, now.Standing = now.Before.ID, ToChange
				now.Attendees = s.willing(&now.Seminar, now.Before)
				kept[now.ID] = true
				if sameSeminar(&now.Before.Seminar, &now.Seminar) {
					now.Standing = AsPublished
				}
			}
			list = append(list, now)
		}
	}
	for _, id := range sortedKeys(s.Seminars) {
		if x := s.Seminars[id]; !x.Cancelled && !kept[id] {
			standing := ToCancel
			if s.Draft == nil {
				standing = AsPublished
			}
			list = append(list, Planned{Seminar: x.Seminar, Wave: x.Wave, Standing: standing, Before: x})
		}
	}
	return byTime(s.Roster, list)
}

func byTime(r *Roster, list []Planned) []Planned {
	slices.SortFunc(list, func(a, b Planned) int {
		startA, _ := r.Span(&a.Seminar)
		startB, _ := r.Span(&b.Seminar)
		return cmp.Or(startA.Compare(startB), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// fromDraft finds the published seminar a draft seminar stands for: the one
// published from it before, or, as planners keep ids, the one of the same id.
func (s *State) fromDraft() map[string]*PublishedSeminar {
	found := map[string]*PublishedSeminar{}
	for id, x := range s.Seminars {
		if !x.Cancelled {
			found[id] = x
		}
	}
	for _, x := range s.Seminars {
		if id, ours := strings.CutPrefix(x.DraftID, s.Draft.Ref+"/"); ours && !x.Cancelled {
			found[id] = x
		}
	}
	return found
}

// willing are the attendees of a draft's seminar by what they have done since:
// without who has declined it, and with who has booked it.
func (s *State) willing(x *Seminar, before *PublishedSeminar) []string {
	list := slices.DeleteFunc(slices.Clone(x.Attendees), func(p string) bool { return s.refused(p, x) })
	for _, p := range before.Attendees {
		if seat, _, _ := s.Live(p, x.ID); seat.Booked > s.Draft.Base && x.Slot == before.Slot && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}
