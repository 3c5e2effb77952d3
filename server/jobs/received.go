package jobs

import (
	"time"

	"kaskad/model"
	"kaskad/server/mail/reply"
)

// Received is the record of one mail that came back, and of what became of it.
type Received struct {
	At         int64        `json:"at"` // milliseconds since 1970
	Kind       reply.Kind   `json:"kind"`
	Outcome    Outcome      `json:"outcome"`
	Person     string       `json:"person,omitempty"` // whose seat it is about; empty when nobody knows
	Seminar    string       `json:"seminar,omitempty"`
	Generation int          `json:"generation,omitempty"`
	Sequence   int          `json:"sequence,omitempty"`
	Answer     model.Answer `json:"answer,omitempty"`
	From       string       `json:"from,omitempty"` // only where somebody must look
	Text       string       `json:"text,omitempty"` // what was written, at most a few hundred characters
	Handled    bool         `json:"handled,omitempty"`
}

// Outcome is what became of a mail that came back.
type Outcome string

const (
	Taken    Outcome = "taken"    // the answer counts
	Outdated Outcome = "outdated" // it answers an earlier version, or a later answer has come
	Gone     Outcome = "gone"     // the seat has been given up, or the seminar is cancelled
	Late     Outcome = "late"     // the seminar had begun
	Stranger Outcome = "stranger" // somebody else than the invited answered
	Unknown  Outcome = "unknown"  // no invitation of ours
	ToRead   Outcome = "to-read"  // a letter, or a wish for another time
	Returned Outcome = "returned" // our mail did not arrive
	Noted    Outcome = "noted"    // nothing to do: out of office, a delay, a wish for the invitation again
)

// Time is when the mail came.
func (r Received) Time() time.Time { return time.UnixMilli(r.At).UTC() }

// Waits tells whether a coordinator should look at it.
func (r Received) Waits() bool {
	if r.Handled {
		return false
	}
	switch r.Outcome {
	case Stranger, ToRead, Returned:
		return true
	}
	return false
}
