package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/advise"
	"kaskad/ui"
)

// sortOptions sorts choices as Swedish readers look for them.
func sortOptions(list []ui.Option) {
	swedish := collate.New(language.Swedish)
	slices.SortStableFunc(list, func(a, b ui.Option) int { return swedish.CompareString(a.Label, b.Label) })
}

// askPerson answers which seats fit a person, and why the plan has the others.
func (s *Server) askPerson(v *visit) error {
	page, err := s.personAnswers(v)
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
	r := v.state.Roster
	page := ui.AskPerson{ID: x.ID, Name: s.askedName(v, x.ID), Draft: !told, Back: "/people/" + url.PathEscape(x.ID)}
	if contact, _ := s.Programme.People.Contact(x.ID); !contact.Protected {
		page.Unit = r.Units[x.Unit].Name
	}
	page.Rules = s.rulesOf(v, x)
	err = s.ask(v.state, told, func(b *basis) error {
		if l, lacks := b.desk.Lack(x.ID); lacks {
			s.tellLack(v, b, l, told, &page)
		}
		at := byID(b.plan)
		for _, y := range b.desk.Seats(x.ID) {
			seat := ui.AskSeat{AskLine: ui.AskLine{Text: s.seatText(v, at[y.Seminar], y.Minutes), Href: "/seminars/" + url.PathEscape(y.Seminar)}}
			seat.Nearer, seat.Sooner = s.alternatives(v, x, y.Nearer), s.alternatives(v, x, y.Sooner)
			page.Seats = append(page.Seats, seat)
		}
		for _, y := range b.desk.Leader(x.ID) {
			page.Leads = append(page.Leads, s.leadsLine(v, at[y.Seminar], y))
		}
		return nil
	})
	return page, err
}

// seatText names a seminar with the way there.
func (s *Server) seatText(v *visit, x *model.Seminar, minutes int) string {
	if minutes == 0 {
		return s.seminarText(v, x)
	}
	return s.text(v, "ask.seat-text", "seminar", s.seminarText(v, x), "time", s.ui.Length(v.lang, minutes))
}

// leadsLine says what the plan would cost with the next best leader.
func (s *Server) leadsLine(v *visit, x *model.Seminar, y advise.Leads) ui.AskLine {
	line := ui.AskLine{Text: s.seminarText(v, x), Href: "/seminars/" + url.PathEscape(x.ID) + "/options", Why: s.text(v, "ask.only-leader")}
	if y.Next != nil {
		line.Why = s.text(v, "ask.next-leader", "who", s.askedName(v, newcomer(x, &y.Next.Set[0])), "more", s.more(v, y.Next.Cost.Total), "effects", s.sumUp(v, y.Next.Cost))
	}
	return line
}

// more says minutes that are added or saved.
func (s *Server) more(v *visit, minutes int) string {
	switch {
	case minutes > 0:
		return s.text(v, "choice.more", "time", s.ui.Length(v.lang, minutes))
	case minutes < 0:
		return s.text(v, "choice.less", "time", s.ui.Length(v.lang, -minutes))
	}
	return s.text(v, "choice.same")
}

// sumUp says what gets better and worse in one line.
func (s *Server) sumUp(v *visit, c model.Cost) string {
	better, worse := s.effects(v, c)
	return strings.Join(append(worse, better...), ", ")
}

// alternatives says of better seats what stands against each.
func (s *Server) alternatives(v *visit, x *model.Person, list []advise.Alternative) []ui.AskLine {
	var lines []ui.AskLine
	for _, a := range list {
		there := &a.Set[0]
		line := ui.AskLine{Text: s.seatText(v, there, v.state.Roster.TravelMinutes(x.Unit, there.Venue)), Href: "/seminars/" + url.PathEscape(there.ID)}
		s.weighed(v, a, &line)
		lines = append(lines, line)
	}
	return lines
}

// weighed says why an alternative is not what the plan has.
func (s *Server) weighed(v *visit, a advise.Alternative, line *ui.AskLine) {
	if a.Block == nil {
		line.Why = s.text(v, "ask.costs", "more", s.more(v, a.Cost.Total), "effects", s.sumUp(v, a.Cost))
		return
	}
	line.Why = s.blockText(v, *a.Block)
	if a.Remedy != nil {
		line.If = s.text(v, "ask.would-go", "change", s.suppositions(v, a.Remedy.Changes))
	}
}

func (s *Server) suppositions(v *visit, list []advise.Change) string {
	var parts []string
	for _, x := range list {
		parts = append(parts, s.supposition(v, x))
	}
	return strings.Join(parts, s.text(v, "ask.and"))
}

func (s *Server) tellLack(v *visit, b *basis, l advise.Lack, told bool, page *ui.AskPerson) {
	at := byID(b.plan)
	page.Missing = v.state.Roster.Modules[l.Module].Name
	page.Ways = ui.ChoiceGroup{ID: "ways", Title: s.text(v, "ask.ways", "module", page.Missing), Empty: s.text(v, "ask.ways-none")}
	for i, w := range l.Ways {
		c := s.wayChoice(v, b, l.Person, w, !told)
		if !told || onlyPublished(v.state, w.Offer) {
			c.Fields = []ui.Option{{Value: "revision", Label: itoa(int(v.state.Seq))}, {Value: "way", Label: itoa(i)}}
		}
		page.Ways.Choices = append(page.Ways.Choices, c)
	}
	for _, o := range l.Near {
		line := ui.AskLine{Text: s.seatText(v, at[o.Seminar], o.Minutes), Href: "/seminars/" + url.PathEscape(o.Seminar)}
		if len(o.Blocks) > 0 {
			line.Why = s.blockText(v, o.Blocks[0])
		}
		page.Near = append(page.Near, line)
	}
	for _, c := range l.Facts {
		page.Facts = append(page.Facts, s.text(v, "ask.count."+string(c.Fact), "n", c.N))
	}
	if len(l.Ways) > 0 {
		return
	}
	page.Remedies = ui.ChoiceGroup{ID: "remedies", Title: s.text(v, "ask.remedies"), Empty: s.text(v, "ask.remedies-none")}
	for _, r := range l.Remedies {
		c := s.wayChoice(v, b, l.Person, r.Answer, !told)
		c.Facts = append([]string{c.Title}, c.Facts...)
		c.Title = s.suppositions(v, r.Changes)
		page.Remedies.Choices = append(page.Remedies.Choices, c)
	}
}

// onlyPublished: everything an offer changes is published, and nothing else.
func onlyPublished(state *model.State, o scheduler.Offer) bool {
	return len(o.Drop) == 0 && !slices.ContainsFunc(o.Set, func(x model.Seminar) bool {
		p := state.Seminars[x.ID]
		return p == nil || p.Cancelled
	})
}

// wayChoice says where a way leads a person, and what else it changes.
func (s *Server) wayChoice(v *visit, b *basis, person string, a advise.Answer, draft bool) ui.Choice {
	r := v.state.Roster
	at := byID(b.plan)
	c := ui.Choice{Total: a.Cost.Total, Told: s.told(v, a.Told, draft)}
	c.Better, c.Worse = s.effects(v, a.Cost)
	for i := range a.Set {
		now := &a.Set[i]
		was := at[now.ID]
		switch {
		case was != nil && slices.Contains(was.Attendees, person) || !slices.Contains(now.Attendees, person):
			continue
		case c.Title == "":
			c.Title = s.seatText(v, now, r.TravelMinutes(r.People[person].Unit, now.Venue))
		default:
			c.Facts = append(c.Facts, s.seminarText(v, now))
		}
		if was == nil {
			c.Facts = append(c.Facts, s.text(v, "ask.is-new", "n", len(now.Attendees)))
		}
	}
	if n := len(a.Set) + len(a.Drop); n > 1 {
		c.Facts = append(c.Facts, s.text(v, "ask.touches", "n", n))
	}
	c.Button = c.Title
	return c
}

// rulesOf are the limits that act on a person.
func (s *Server) rulesOf(v *visit, x *model.Person) []string {
	r := v.state.Roster
	var list []string
	if x.MaxTravel != nil {
		list = append(list, s.text(v, "ask.rule.travel", "time", s.ui.Length(v.lang, *x.MaxTravel)))
	}
	u := r.Units[x.Unit]
	if u.MaxAway != nil {
		list = append(list, s.text(v, "ask.rule.unit", "unit", u.Name, "n", *u.MaxAway))
	}
	if w := r.Waves[u.Wave]; w != nil && x.Tier != "" {
		list = append(list, s.text(v, "ask.rule.wave", "wave", s.waveName(v, v.state, w.ID), "from", s.ui.Day(v.lang, w.From), "to", s.ui.Day(v.lang, w.To.Add(-1e9))))
	}
	if t := r.Tiers[x.Tier]; t != nil && t.GapDays > 0 {
		list = append(list, s.text(v, "ask.rule.gap", "n", t.GapDays))
	}
	if l := x.Leads; l != nil {
		for _, limit := range []struct {
			key string
			n   *int
		}{{"ask.rule.day", l.MaxPerDay}, {"ask.rule.week", l.MaxPerWeek}, {"ask.rule.all", l.MaxTotal}, {"ask.rule.target", l.Target}} {
			if limit.n != nil {
				list = append(list, s.text(v, limit.key, "n", *limit.n))
			}
		}
	}
	return list
}

// takeWay gives a person the seat that an answer found, if it still does.
func (s *Server) takeWay(v *visit) error {
	x, told, err := s.askedPerson(v)
	if err != nil {
		return err
	}
	var way *scheduler.Offer
	err = s.ask(v.state, told, func(b *basis) error {
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
