package web

import (
	"strconv"
	"time"

	"kaskad/model"
	"kaskad/server/jobs"
	"kaskad/ui"
)

// shownChoices is how many other seats a person may choose from at once.
const shownChoices = 10

// answer answers an invitation from the own page: the same command as a reply by mail.
func (s *Server) answer(v *visit) error {
	generation, _ := strconv.Atoi(v.FormValue("generation"))
	sequence, _ := strconv.Atoi(v.FormValue("sequence"))
	given, now := model.Answer(v.FormValue("answer")), s.Programme.Now()
	return s.change(v, model.GiveAnswer{Person: v.user.Person, Seminar: v.FormValue("seminar"), Generation: generation, Sequence: sequence,
		Answer: given, Stamp: now.Unix(), Now: now}, "my.answered."+string(given))
}

// book takes a free seat after one has been given up.
func (s *Server) book(v *visit) error {
	return s.change(v, model.BookSeat{Person: v.user.Person, Seminar: v.FormValue("seminar"), Now: s.Programme.Now()}, "my.booked")
}

// reply is how a person can answer for a seat in a seminar that is to come.
func (s *Server) reply(v *visit, seminar *model.PublishedSeminar, person string, start time.Time) ui.Reply {
	seat, generation, ok := v.state.Live(person, seminar.ID)
	if !ok || !start.After(s.Programme.Now()) {
		return ui.Reply{}
	}
	return ui.Reply{Asked: true, Answer: ui.SeatAnswer(seat.Answer), Generation: generation, Sequence: seat.Sequence}
}

// waitingList is the State's, shared: callers must not change it.
func (s *Server) waitingList(state *model.State) []model.Wait {
	return s.waits.of(s, state, only{}, state.Waiting)
}

// choices are the modules a person has declined a seat in, with other seats.
func (s *Server) choices(v *visit, me string) []ui.SeatChoice {
	var list []ui.SeatChoice
	for _, w := range s.waitingList(v.state) {
		if w.Person != me {
			continue
		}
		choice := ui.SeatChoice{Module: v.state.Roster.Modules[w.Module].Name}
		for _, x := range v.state.SeatsFor(me, w.Module, s.Programme.Now(), shownChoices) {
			choice.Seats = append(choice.Seats, s.agendaItem(v, x, me))
		}
		list = append(list, choice)
	}
	return list
}

// replies lists the mails that came back: those that somebody should look at, or all.
func (s *Server) replies(v *visit) error {
	if err := s.Intake.Load(v.UserContext()); err != nil {
		return err
	}
	page := ui.Replies{All: v.Query("all") != "", Open: s.TakesReplies}
	page.Ahead, page.No = s.answersAhead(v)
	var rows []jobs.Record
	for _, r := range s.Intake.List() {
		if r.Waits() {
			page.Waiting++
		}
		if page.All || r.Waits() {
			rows = append(rows, r)
		}
	}
	var shown []jobs.Record
	page.Pager, shown = paged(v, rows)
	for _, r := range shown {
		page.Rows = append(page.Rows, s.replyRow(v, r))
	}
	waiting := s.waitingList(v.state)
	page.Queue = len(waiting)
	for _, w := range waiting[:min(len(waiting), perPage)] {
		page.Places = append(page.Places, ui.WaitRow{Person: s.shownName(v, w.Person), Module: v.state.Roster.Modules[w.Module].Name,
			Since: time.Unix(w.Since, 0)})
	}
	return s.show(v, page)
}

// answersAhead counts what people have said about seminars to come.
func (s *Server) answersAhead(v *visit) (n ui.AnswerCount, no int) {
	for key, seats := range v.state.Seats {
		x, last := v.state.Seminars[key.Seminar], seats[len(seats)-1]
		if start, _ := v.state.Roster.Span(&x.Seminar); last.Leading || !start.After(s.Programme.Now()) {
			continue
		}
		switch {
		case last.Cancelled && last.Answer == model.Declined:
			no++
		case last.Cancelled:
		case last.Answer == model.Accepted:
			n.Yes++
		case last.Answer == model.Tentative:
			n.Maybe++
		default:
			n.Silent++
		}
	}
	return n, no
}

func (s *Server) replyRow(v *visit, r jobs.Record) ui.ReplyRow {
	row := ui.ReplyRow{ID: r.ID, At: r.Time(), Kind: string(r.Kind), Outcome: string(r.Outcome), Answer: ui.SeatAnswer(r.Answer), Text: r.Text, Waits: r.Waits()}
	hidden := false
	if r.Person != "" {
		row.Who = s.shownName(v, r.Person)
		contact, _ := s.Programme.People.Contact(r.Person)
		hidden = contact.Protected
	}
	if hidden {
		row.Text = "" // what they write may tell who they are
	} else {
		row.From = r.From
	}
	if x := v.state.Seminars[r.Seminar]; x != nil {
		row.Seminar, row.Module = x.ID, v.state.Roster.Modules[x.Module].Name
		row.Start, _ = v.state.Roster.Span(&x.Seminar)
		_, _, row.Answered = v.state.Live(r.Person, r.Seminar)
		row.Answered = row.Answered && r.Outcome != jobs.Returned
	}
	return row
}

// handleReply is a coordinator's judgement of a mail that came back.
func (s *Server) handleReply(v *visit) error {
	if err := s.Intake.Load(v.UserContext()); err != nil {
		return err
	}
	err := s.Intake.Handle(v.UserContext(), v.param("id"), model.Answer(v.FormValue("answer")), v.user.Actor())
	if err == nil {
		return s.back(v, "/outbox/replies", ui.Success, s.text(v, "replies.handled"))
	}
	if refused, ok := s.sentence(v, err); ok {
		return s.back(v, "/outbox/replies", ui.Failure, refused)
	}
	return err
}

// countAnswers counts what the people of a published seminar have said.
func countAnswers(list []ui.Attendee) ui.AnswerCount {
	var n ui.AnswerCount
	for _, a := range list {
		switch a.Answer {
		case ui.AnswerYes:
			n.Yes++
		case ui.AnswerMaybe:
			n.Maybe++
		default:
			n.Silent++
		}
	}
	return n
}

// answerOf is what a person has answered for a seat that lives.
func answerOf(state *model.State, person, seminar string) ui.SeatAnswer {
	seat, _, _ := state.Live(person, seminar)
	return ui.SeatAnswer(seat.Answer)
}
