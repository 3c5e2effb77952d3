package jobs

import (
	"time"

	"kaskad/model"
	"kaskad/server/mail"
)

// Receipt is the record of one message about one seat: claimed before it is
// sent, sent once the mail server has it. Its id names the message's content,
// so two servers, or two lives of one, cannot both make the same message.
type Receipt struct {
	UID      string        `json:"uid"` // of the seat's generation
	Person   string        `json:"person"`
	Seminar  string        `json:"seminar"`
	Kind     Kind          `json:"kind"`
	Sequence int           `json:"sequence"`
	Stamp    int64         `json:"stamp"`
	Told     mail.Told     `json:"told"` // for the next letter's "moved from … to …"
	Subject  string        `json:"subject"`
	At       int64         `json:"at"` // milliseconds since 1970: of the last attempt
	Attempts int           `json:"attempts"`
	Sent     bool          `json:"sent,omitempty"`
	Failed   bool          `json:"failed,omitempty"`  // refused for good
	Error    string        `json:"error,omitempty"`   // of the last attempt
	Message  *mail.Message `json:"message,omitempty"` // frozen bytes until it is sent
}

// Kind is what a message is about.
type Kind string

const (
	Invite Kind = "invite"
	Update Kind = "update"
	Cancel Kind = "cancel"
)

// Time is when the message was last attempted.
func (r Receipt) Time() time.Time { return time.UnixMilli(r.At).UTC() }

// covers tells whether the receipt's message says at least as much as a notice.
func (r Receipt) covers(n model.Notice) bool {
	return (r.Kind == Cancel) == n.Cancelled && (r.Sequence > n.Sequence || r.Sequence == n.Sequence && r.Stamp >= n.Stamp)
}
