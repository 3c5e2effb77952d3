package web

import (
	"net/url"
	"slices"
	"strings"

	"kaskad/model"
	"kaskad/ui"
)

// candidates bounds the records offered for merging.
const candidates = 20

// mergePage offers records that may be the same person, or shows what merging
// two of them would come to.
func (s *Server) mergePage(v *visit) error {
	r := s.register(v.state)
	keep := r.byPerson[v.param("id")]
	if keep == nil {
		return model.Errorf(model.NotFound, "error.no-person", "there is no person %s", v.param("id"))
	}
	other := r.byPerson[v.Query("other")]
	if other != nil {
		return s.show(v, s.mergePreview(v, r, keep, other))
	}
	page := ui.Merge{Keep: s.mergeRecord(keep), Query: v.Query("q")}
	words := strings.Fields(strings.ToLower(page.Query))
	for i := range r.people {
		if x := &r.people[i]; x != keep && maySame(keep, x, words) && len(page.Candidates) < candidates {
			record := s.mergeRecord(x)
			if x.contact.Protected { // where they work stands in no list
				record.Unit, record.Email, record.Occupation = "", "", ""
			}
			record.Href = "/people/" + url.PathEscape(keep.ID) + "/merge?other=" + url.QueryEscape(x.ID)
			page.Candidates = append(page.Candidates, record)
		}
	}
	return s.show(v, page)
}

// maySame tells whether a record fits the search or, without one, has the same name.
func maySame(keep, x *personEntry, words []string) bool {
	if len(words) == 0 {
		return x.name != "" && strings.EqualFold(x.name, keep.name)
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(x.search, w) })
}

func (s *Server) mergeRecord(x *personEntry) ui.MergeRecord {
	record := ui.MergeRecord{ID: x.ID, Name: s.Programme.People.Name(x.ID), Email: x.contact.Email, Occupation: x.contact.Occupation, Done: x.done, Booked: x.booked}
	if x.unit != nil {
		record.Unit = x.unit.Name
	}
	return record
}

func (s *Server) mergePreview(v *visit, r *register, keep, other *personEntry) ui.Merge {
	page := ui.Merge{Keep: s.mergeRecord(keep), Swap: "/people/" + url.PathEscape(other.ID) + "/merge?other=" + url.QueryEscape(keep.ID)}
	gone := s.mergeRecord(other)
	page.Other = &gone
	merged, err := v.state.Merged(keep.ID, other.ID)
	if err != nil {
		page.Error, _ = s.sentence(v, err)
		return page
	}
	for _, m := range v.state.Roster.Needs(merged) {
		page.Needs = append(page.Needs, s.moduleName(v, m))
	}
	has := func(x *model.PublishedSeminar) bool {
		return slices.ContainsFunc(v.state.SeminarsOf(keep.ID), func(mine *model.PublishedSeminar) bool {
			return mine.Tier == x.Tier && mine.Module == x.Module && slices.Contains(mine.Attendees, keep.ID)
		})
	}
	for _, x := range v.state.SeminarsOf(other.ID) {
		text := s.text(v, "publish.change", "module", s.moduleName(v, x.Module), "when", s.startText(v, &x.Seminar), "venue", s.venueName(v, x.Venue))
		if slices.Contains(x.Attendees, other.ID) && has(x) {
			page.Dropped = append(page.Dropped, text)
			continue
		}
		page.Moved = append(page.Moved, text)
	}
	for _, seat := range slices.Concat(other.seats, other.leads) {
		page.DraftLost = page.DraftLost || v.state.Draft != nil && seat.DraftID != ""
	}
	return page
}

// mergePeople makes the two one.
func (s *Server) mergePeople(v *visit) error {
	keep, gone := v.param("id"), v.FormValue("other")
	if err := s.Programme.Unite(v.UserContext(), v.user.Actor(), model.MergePeople{Keep: keep, Gone: gone}, keep, gone); err != nil {
		refused, ok := s.sentence(v, err)
		if !ok {
			return err
		}
		return s.back(v, "/people/"+url.PathEscape(keep)+"/merge?other="+url.QueryEscape(gone), ui.Failure, refused)
	}
	return s.backUndoing(v, "/people/"+url.PathEscape(keep), s.text(v, "register.merge.done"), s.lastStep(v, model.EditMerge))
}
