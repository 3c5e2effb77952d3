package ui

import (
	"net/url"
	"strconv"
	"time"
)

// Option is one choice of a select or a legend.
type Option struct{ Value, Label string }

// SeminarState is what people have been told about a seminar.
type SeminarState string

const (
	SeminarDraft     SeminarState = "draft"
	SeminarPublished SeminarState = "published"
	SeminarChanged   SeminarState = "changed" // published; the draft differs
	SeminarCancelled SeminarState = "cancelled"
	SeminarHeld      SeminarState = "held"
)

// SeminarRow is one seminar in a list.
type SeminarRow struct {
	ID               string
	Start, End       time.Time
	Module           string
	Tier             string // name of the tier; empty when it goes without saying
	Area, Venue      string
	Online           bool
	Leaders          []string
	Attendees, Seats int
	Sectors          []SectorCount
	Wave             int
	WaveName         string
	State            SeminarState
	Findings         []Notice // shown on the card: what is wrong, with the amount
	NeedsLeader      bool     // nobody leads it
	MissingSectors   int      // sectors without anybody
}

// SectorCount is the number of attendees from one sector.
type SectorCount struct {
	Name string
	N    int
}

// SeminarFilter is what the address of the seminar list asks for.
type SeminarFilter struct{ Wave, Area, Module, Query string }

// Active tells whether the filter leaves anything out.
func (f SeminarFilter) Active() bool { return f != SeminarFilter{} }

// Seminars is the list, 50 to a page.
type Seminars struct {
	Filter                SeminarFilter
	Waves, Areas, Modules []Option // choices of wave, area and module, without "all"
	Rows                  []SeminarRow
	Total                 int // seminars that fit the filter
	Pager                 Pager
}

// PageURL is the address of page n with the same filter.
func (s Seminars) PageURL(n int) string {
	q := url.Values{}
	for _, f := range []Option{{"wave", s.Filter.Wave}, {"area", s.Filter.Area}, {"module", s.Filter.Module}, {"q", s.Filter.Query}} {
		if f.Label != "" {
			q.Set(f.Value, f.Label)
		}
	}
	return withPage("/seminars", q, n)
}

// Pager says which page of how many is shown; both count from 1.
type Pager struct{ Page, Pages int }

// Previous is the page before, 0 when there is none.
func (p Pager) Previous() int { return max(p.Page-1, 0) }

// Next is the page after, 0 when there is none.
func (p Pager) Next() int {
	if p.Page >= p.Pages {
		return 0
	}
	return p.Page + 1
}

func withPage(path string, q url.Values, n int) string {
	if n > 1 {
		q.Set("page", strconv.Itoa(n))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Seminar is one seminar in full.
type Seminar struct {
	SeminarRow
	Address string
	Rooms   string // room name; optional
	People  []Attendee
	Answers AnswerCount // of People
	Error   string      // why the last change was refused; translated

	File  string   // address of the seminar as a calendar file; "" for none
	Join  string   // where people join it online; optional
	Bring []string // what to bring; optional
	// Attendance is where it is said who came; "" before the seminar, and for those who may not.
	Attendance string
	History    []HistoryLine // for coordinators
}

// Attendee is one person of a seminar, as the reader may see them. A person
// with protected identity comes without name and unit.
type Attendee struct {
	Name, Unit, Sector string
	TravelMinutes      int // one way
	Protected          bool
	Attended           string // "", "yes" or "no"
	Answer             SeatAnswer
}

// OutboxState is where a message has got to.
type OutboxState string

const (
	MessageQueued OutboxState = "queued"
	MessageSent   OutboxState = "sent"
	MessageFailed OutboxState = "failed"
	// MessageReplaced was never sent: a newer message says more.
	MessageReplaced OutboxState = "replaced"
	MessageFile     OutboxState = "file" // written to a file because SMTP is not configured
)

// MessageKind is what a message is about.
type MessageKind string

const (
	KindInvite   MessageKind = "invite"
	KindUpdate   MessageKind = "update"
	KindCancel   MessageKind = "cancel"
	KindSignIn   MessageKind = "sign-in"
	KindReminder MessageKind = "reminder"
	KindBrief    MessageKind = "brief"
	KindUrgent   MessageKind = "urgent"
	KindChase    MessageKind = "chase"
	KindOffer    MessageKind = "offer"
	KindDigest   MessageKind = "digest"
)

// Outbox lists messages, newest first, 50 to a page.
type Outbox struct {
	Files    string      // folder mails are written to; empty when SMTP is configured
	State    OutboxState // filter; empty for all
	Counts   map[OutboxState]int
	Messages []Message
	Replies  int       // mails that came back and that somebody should look at
	Coming   int       // mails to go out
	Finished time.Time // when the last of them will have left
	Slow     bool      // that takes long enough to be told
	Pager    Pager
}

// Message is one mail.
type Message struct {
	At          time.Time
	To, Subject string
	Kind        MessageKind
	State       OutboxState
	ID          string
	Again       bool   // it did not arrive and can be sent again
	Error       string // the mail server's answer when it failed
	Attempts    int
}

// States lists the choices of the filter in the order they are shown.
func (Outbox) States() []OutboxState {
	return []OutboxState{MessageQueued, MessageSent, MessageFile, MessageFailed}
}

// PageURL is the address of page n with the same filter.
func (o Outbox) PageURL(n int) string {
	q := url.Values{}
	if o.State != "" {
		q.Set("state", string(o.State))
	}
	return withPage("/outbox", q, n)
}
