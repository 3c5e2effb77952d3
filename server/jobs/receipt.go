package jobs

import (
	"time"

	"kaskad/model"
	"kaskad/server/mail"
)

// Receipt is the record of one message: claimed before it is sent, sent once
// the mail server has it. Its id names what the message is for, so two servers,
// or two lives of one, cannot both make the same message.
type Receipt struct {
	ID       string        `json:"-"`
	UID      string        `json:"uid"` // of the seat's generation; empty for a message about no single seat
	Person   string        `json:"person"`
	Seminar  string        `json:"seminar"`
	Kind     Kind          `json:"kind"`
	Sequence int           `json:"sequence"`
	Stamp    int64         `json:"stamp"`
	Told     mail.Told     `json:"told"`             // for the next letter's "moved from … to …"
	Covers   []string      `json:"covers,omitempty"` // what a letter about several seats is about
	Subject  string        `json:"subject"`
	First    int64         `json:"first,omitempty"` // milliseconds since 1970: of the first attempt
	At       int64         `json:"at"`              // milliseconds since 1970: of the last attempt
	Attempts int           `json:"attempts"`
	Sent     bool          `json:"sent,omitempty"`
	Failed   bool          `json:"failed,omitempty"`   // refused for good, returned, or given up
	Replaced bool          `json:"replaced,omitempty"` // not sent: a newer message says more
	Error    string        `json:"error,omitempty"`    // of the last attempt
	Message  *mail.Message `json:"message,omitempty"`  // frozen bytes until it is sent
}

// Kind is what a message is about.
type Kind string

const (
	Invite Kind = "invite"
	Update Kind = "update"
	Cancel Kind = "cancel"
	Remind Kind = "reminder" // to who attends, days and hours before
	Brief  Kind = "brief"    // to who leads, the day before
	Chase  Kind = "chase"    // to who has not answered
	Offer  Kind = "offer"    // to who waits: there are seats
	Digest Kind = "digest"   // to coordinators
	Urgent Kind = "urgent"   // to who subscribes: news of the next two days
)

// calendar tells whether messages of the kind change calendars.
func (k Kind) calendar() bool { return k == Invite || k == Update || k == Cancel }

// Time is when the message was last attempted.
func (r Receipt) Time() time.Time { return time.UnixMilli(r.At).UTC() }

// open: nobody knows whether it is out, or it is known not to be.
func (r Receipt) open() bool { return !r.Sent && !r.Failed && !r.Replaced }

// covers tells whether the receipt's message says at least as much as a notice,
// or just what it says again after a change that was undone before anybody was told.
func (r Receipt) covers(n model.Notice) bool {
	return (r.Kind == Cancel) == n.Cancelled && (r.Sequence > n.Sequence || r.Sequence == n.Sequence && r.Stamp >= n.Stamp ||
		n.Same == model.SeatVersion{Sequence: r.Sequence, Stamp: r.Stamp})
}

// again is when a message that was put off, or whose outcome nobody knows, is
// tried next: 2, 4, 8 … minutes after the last attempt, at most an hour.
func (r Receipt) again() time.Time {
	return r.Time().Add(min(time.Hour, time.Minute<<min(r.Attempts, 6)))
}
