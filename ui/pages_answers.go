package ui

import (
	"net/url"
	"time"
)

// SeatAnswer is what a person has answered to an invitation; "" before any.
type SeatAnswer string

const (
	AnswerYes   SeatAnswer = "accepted"
	AnswerMaybe SeatAnswer = "tentative"
	AnswerNo    SeatAnswer = "declined"
)

// Reply is how a seat is answered from a page: what the reader has been told
// goes back with the form, so that nobody answers what has changed meanwhile.
type Reply struct {
	Asked                bool // the seat can be answered now
	Answer               SeatAnswer
	Generation, Sequence int
}

// SeatChoice is a module that the reader has no seat in, and the seminars with one.
type SeatChoice struct {
	Module string
	Seats  []AgendaItem
}

// AnswerCount is how many of a seminar's people have said what.
type AnswerCount struct{ Yes, Maybe, Silent int }

// Replies lists mails that came back, newest first, 50 to a page.
type Replies struct {
	All     bool // those that need nothing are shown too
	Waiting int  // how many need somebody
	Rows    []ReplyRow
	Pager   Pager
	Places  []WaitRow   // people on the waiting list, at most 50
	Queue   int         // how many they are in all
	Open    bool        // answers by mail can come in: the server is set up for it
	Ahead   AnswerCount // what those who attend seminars to come have said
	No      int         // seats given up, in seminars to come
}

// PageURL is the address of page n with the same filter.
func (r Replies) PageURL(n int) string {
	q := url.Values{}
	if r.All {
		q.Set("all", "1")
	}
	return withPage("/outbox/replies", q, n)
}

// ReplyRow is one mail that came back.
type ReplyRow struct {
	ID       string
	At       time.Time
	Who      string // whose seat it is about, else who wrote; empty when nobody knows
	Kind     string // answer, refresh, counter, bounce, automatic or letter
	Outcome  string // what became of it
	Answer   SeatAnswer
	Seminar  string // id; optional
	Module   string
	Start    time.Time
	From     string // the sender's address, where somebody must look
	Text     string
	Waits    bool // somebody must look at it
	Answered bool // a coordinator may answer for the person: there is a seat
}

// WaitRow is a person who waits for a seat.
type WaitRow struct {
	Person, Module string
	Since          time.Time
}
