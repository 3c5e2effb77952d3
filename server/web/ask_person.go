package web

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/advise"
	"kaskad/server/answers"
	"kaskad/ui"
)

// sortOptions sorts choices as Swedish readers look for them.
func sortOptions(list []ui.Option) {
	swedish := collate.New(language.Swedish)
	slices.SortStableFunc(list, func(a, b ui.Option) int { return swedish.CompareString(a.Label, b.Label) })
}

// askPerson answers which seats fit a person, and why the plan has the others.
func (s *Server) askPerson(v *visit) error {
	page, err := once(s, v, func() (ui.AskPerson, error) { return s.personAnswers(v) })
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// told to a wave: questions about its people are about what is published.
func published(state *model.State, wave string) bool {
	for _, x := range state.Seminars {
		if !x.Cancelled && x.Wave == wave {
			return true
		}
	}
	return false
}

func (s *Server) askedPerson(v *visit) (*model.Person, bool, error) {
	x := v.state.Roster.People[v.param("id")]
	if x == nil {
		return nil, false, model.Errorf(model.NotFound, "error.no-person", "there is no person %s", v.param("id"))
	}
	return x, published(v.state, v.state.Roster.Units[x.Unit].Wave), nil
}

func (s *Server) personAnswers(v *visit) (ui.AskPerson, error) {
	x, told, err := s.askedPerson(v)
	if err != nil {
		return ui.AskPerson{}, err
	}
	page := ui.AskPerson{ID: x.ID, Name: s.askedName(v, x.ID), Draft: !told, Back: "/people/" + url.PathEscape(x.ID)}
	if u := s.workplace(v.state, x.ID); u != nil {
		page.Unit = u.Name
	}
	say := s.speaker(v)
	page.Rules = say.Rules(x)
	err = s.ask(v.state, told, func(b *basis) error {
		if l, lacks := b.desk.Lack(x.ID); lacks {
			s.tellLack(v, b, l, told, &page)
		}
		page.Seats = say.Seats(b.plan, x.ID, b.desk.Seats(x.ID))
		for i := range page.Seats {
			page.Seats[i].Other = "/ask/person/" + url.PathEscape(x.ID) + "?instead=" + url.QueryEscape(page.Seats[i].ID)
		}
		s.tellSwaps(v, b, x.ID, told, &page)
		page.Leads = say.Leads(b.plan, b.desk.Leader(x.ID))
		return nil
	})
	return page, err
}

// tellSwaps lists the seats there are instead of the one the address names.
func (s *Server) tellSwaps(v *visit, b *basis, person string, told bool, page *ui.AskPerson) {
	x := answers.ByID(b.plan)[v.Query("instead")]
	if x == nil || !slices.Contains(x.Attendees, person) {
		return
	}
	say := s.speaker(v)
	page.Swaps = ui.ChoiceGroup{ID: "swaps", Title: s.text(v, "ask.swaps", "seminar", say.Seminar(x)), Empty: s.text(v, "ask.swaps-none")}
	for _, a := range b.desk.Swaps(person, x.ID) {
		c := say.Way(b.plan, person, a, !told)
		c.Facts = nil // that it touches two seminars goes without saying
		c.Fields = []ui.Option{{Value: "revision", Label: itoa(int(v.state.Seq))}, {Value: "instead", Label: x.ID}, {Value: "to", Label: a.Set[0].ID}}
		page.Swaps.Choices = append(page.Swaps.Choices, c)
	}
}

func (s *Server) tellLack(v *visit, b *basis, l advise.Lack, told bool, page *ui.AskPerson) {
	say := s.speaker(v)
	page.Missing = v.state.Roster.Modules[l.Module].Name
	page.Near, page.Facts = say.Near(b.plan, l), say.Counts(l.Facts)
	page.Ways = ui.ChoiceGroup{ID: "ways", Title: s.text(v, "ask.ways", "module", page.Missing), Empty: s.text(v, "ask.ways-none")}
	for i, w := range l.Ways {
		c := say.Way(b.plan, l.Person, w, !told)
		if !told || onlyPublished(v.state, w.Offer) {
			c.Fields = []ui.Option{{Value: "revision", Label: itoa(int(v.state.Seq))}, {Value: "way", Label: itoa(i)}}
		}
		page.Ways.Choices = append(page.Ways.Choices, c)
	}
	if len(l.Ways) > 0 {
		return
	}
	page.Remedies = ui.ChoiceGroup{ID: "remedies", Title: s.text(v, "ask.remedies"), Empty: s.text(v, "ask.remedies-none")}
	for _, r := range l.Remedies {
		page.Remedies.Choices = append(page.Remedies.Choices, say.Remedy(b.plan, l.Person, r, !told))
	}
}

// onlyPublished: everything an offer changes is published, and nothing else.
func onlyPublished(state *model.State, o scheduler.Offer) bool {
	return len(o.Drop) == 0 && !slices.ContainsFunc(o.Set, func(x model.Seminar) bool {
		p := state.Seminars[x.ID]
		return p == nil || p.Cancelled
	})
}

// takeWay gives a person the seat that an answer found, if it still does.
func (s *Server) takeWay(v *visit) error {
	x, told, err := s.askedPerson(v)
	if err != nil {
		return err
	}
	var way *scheduler.Offer
	err = s.ask(v.state, told, func(b *basis) error {
		for _, a := range b.desk.Swaps(x.ID, v.FormValue("instead")) {
			if a.Set[0].ID == v.FormValue("to") {
				way = &a.Offer
			}
		}
		if way != nil || v.FormValue("instead") != "" {
			return nil
		}
		l, _ := b.desk.Lack(x.ID)
		for i := range l.Ways {
			if v.FormValue("way") == itoa(i) && (!told || onlyPublished(v.state, l.Ways[i].Offer)) {
				way = &l.Ways[i].Offer
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	n := 0
	if way == nil {
		err = model.Errorf(model.Conflict, "error.arrange-changed", "something has changed since you looked; look at the answers once more")
	} else {
		n, err = s.take(v, told, *way)
	}
	if refused, ok := s.sentence(v, err); ok {
		page, err := s.personAnswers(v)
		if err != nil {
			return err
		}
		page.Error = refused
		v.Status(fiber.StatusConflict)
		return s.show(v, page)
	}
	if err != nil {
		return err
	}
	return s.back(v, "/ask/person/"+url.PathEscape(x.ID), ui.Success, s.text(v, "options.taken", "n", n))
}
