// Package e2e_test tests Kaskad from outside: the built program with its pages
// in a browser, its mails read by a mail parser and its calendars by two
// calendar programs that share nothing with ours.
//
// Three files to know: program_test.go follows a programme from an empty folder
// to people's calendars, through crashes; faults_test.go gives the program bad
// input; browser_test.go is everything that knows the browser, and walk_test.go
// and audit_test.go what is done with it.
//
// Chromium, khal and python3-icalendar must be there in CI (CI=true). Elsewhere
// a test that lacks one says so and ends.
package e2e_test
