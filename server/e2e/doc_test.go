// Package e2e_test tests Kaskad from outside: the built program with its pages
// in a browser, its mails read by a mail parser and its calendars by two
// calendar programs that share nothing with ours.
//
// What is asked: program_test, crash_test and handback_test follow a programme
// from an empty folder to people's calendars, through restarts and crashes;
// faults_test gives bad input; crawl_test follows every link; walk_test,
// audit_test and keyboard_test use the pages as people do. What they ask with:
// harness_test runs the program, visitor_test is a web client without scripts,
// browser_test all that knows the browser, letters_test and calendars_test read
// what people get. screens_test takes the README's pictures.
//
// The demonstration is planned once: most tests begin with a copy of the data
// folder of a program that has done so and stopped.
//
// Chromium, khal and python3-icalendar must be there in CI (CI=true). Elsewhere
// a test that lacks one says so and ends.
package e2e_test
