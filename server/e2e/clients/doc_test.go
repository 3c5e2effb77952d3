// Package clients_test proves what Kaskad puts into people's calendars against
// programs that no one here wrote.
//
// samples_test, kinds_test, activities_test, files_test: every kind of feed,
// message and file, read by libical, ical.js, python-icalendar and
// sabre/vobject, must be what the product says it is. program_test: so must the
// demonstration's, as the program itself sends them. busy_test: what Kaskad reads
// in other people's calendars must be what ical.js and recurring_ical_events
// read there.
// gnome_test, khal_test, thunderbird_test: programs that subscribe and take mails
// in live through a year of moves, cancellations and returns, and must show
// exactly the right entries after each. In Thunderbird the buttons above the
// mails are pressed, and what it answers is looked at.
// mailloop_test: the same year with every mail going the whole way, through
// Postfix and Dovecot to Thunderbird, and the answers back into Kaskad.
//
// What is asked with: stage_test is Kaskad with a clock of the test's,
// story_test the year, parsers_test the parsers, client_test and marionette_test
// talk with calendar programs, mailservers_test runs Postfix and Dovecot,
// postoffice_test takes mails, entry_test is an entry of a calendar as all of
// them say it, letters_test reads mails.
//
// Which Debian packages the programs come in is in .ci/run. In CI (CI=true) all
// must be there; elsewhere a test that lacks one says so and goes on without it.
package clients_test
