package ui

import (
	"net/url"
	"time"
)

// Jobs lists the work Kaskad does by itself.
type Jobs struct {
	Rows      []JobRow // those a coordinator cares for
	Machinery []JobRow // those that keep the server in order
}

// JobRow is one job as it stands. Its name and what it does are the texts
// "jobs.name.NAME" and "jobs.does.NAME".
type JobRow struct {
	Name    string
	Running bool
	Failed  bool
	Last    time.Time // zero before the first run
	Next    time.Time // zero when nothing is scheduled
	Took    time.Duration
	Counts  []JobCount // what the last run did
	Error   string     // of the last run, as the server says it
}

// JobCount is a figure of a run: the text "jobs.count.WHAT" says what it counts.
type JobCount struct {
	What string
	N    int
}

// Preview lists mails that are to go out, exactly as they will, 20 to a page.
type Preview struct {
	Wave     string // set when it is what publishing a wave would send
	WaveName string
	OfWave   bool
	Total    int
	Finished time.Time // when the last of them will have left
	Slow     bool      // that takes long enough to be told
	Mails    []PreviewMail
	Pager    Pager
}

// PageURL is the address of page n of the same mails.
func (p Preview) PageURL(n int) string {
	q := url.Values{}
	if p.OfWave {
		q.Set("of", "wave")
		q.Set("wave", p.Wave)
	}
	return withPage("/outbox/preview", q, n)
}

// PreviewMail is one mail that is to go out.
type PreviewMail struct {
	To, Address, Subject string
	Kind                 MessageKind
	Text                 string // the letter as plain text
	Calendar             string // the calendar object; empty without one
	Method               string
}

// PreviewURL is the address of the mails that publishing would send.
func (p Publish) PreviewURL() string { return Preview{OfWave: true, Wave: p.WaveID}.PageURL(1) }
