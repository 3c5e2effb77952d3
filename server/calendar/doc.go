// Package calendar says in iCalendar what Kaskad has planned: feeds that people
// subscribe to, and invitations and cancellations to be mailed (iTIP).
//
// The names to know: Events is what one person's feed shows, SharedEvents what a
// shared calendar does, RenderFeed their bytes; EventFor is what one notice says,
// Invitation its bytes; ReadBusy reads when somebody is busy by a calendar of
// anybody's making. The same input always gives the same bytes: nothing here
// reads a clock.
//
// It must never put a name, an address or a place of a person with protected
// identity into anybody's bytes, and never fail a whole feed for one event.
package calendar
