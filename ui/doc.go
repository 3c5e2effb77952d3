// Package ui is everything people see in the browser: page templates, styles,
// small scripts, the two languages and the drawing of the map. It is embedded
// in the binary, needs no build step and imports nothing of Kaskad's other
// packages: the server fills the plain structs of pages.go and calls Render.
//
// The names to know:
//
//   - Renderer renders a Page; New refuses to start on a broken template,
//     a missing text or a page whose data struct does not fit.
//   - Page is the frame every page gets; its Data is one of the structs in
//     pages.go, and that struct's type chooses the template.
//   - Static holds the assets under an address that changes with their content.
//
// # Addresses
//
// Templates link to these addresses; the server answers them. Every POST form
// carries the hidden field "csrf".
//
//	GET  /                              Overview, or /my for staff and leaders
//	GET  /sign-in                       SignIn        POST /sign-in            email
//	GET  /sign-in/TOKEN                 SignInConfirm POST /sign-in/TOKEN
//	POST /sign-out
//	POST /preferences                   lang | theme (auto, light, dark), back (a local path)
//	GET  /overview                      Overview
//	GET  /map?colour=&area=             MapPage; colour is one of MapColours
//	GET  /map/boundaries                BoundariesPage POST the same: file, source; POST /map/boundaries/remove
//	GET  /waves                         Waves
//	GET  /waves/propose?waves=&first=&weeks=&apart=&limit=   WavesPropose  POST /waves/adopt  the same, revision
//	GET  /waves/edit, split, merge, pause, resume ?wave=     WaveForm      POST to the same    what the page showed, revision
//	GET  /waves/move?area=&from=&to=    WaveForm      POST to the same
//	GET  /waves/publish?wave=           Publish       POST /waves/publish      wave, revision
//	GET  /seminars?wave=&area=&module=&q=&page=   Seminars
//	GET  /seminars/ID                   Seminar
//	GET  /plan                          PlanRun       POST /plan/start seconds, /plan/stop, /plan/use
//	GET  /plan/progress                 fragment "progress" of PlanRun
//	GET  /plan/events                   the same fragment as server-sent events, see progress.js
//	GET  /people, /leaders, /units, /venues ?q=&sort=&cols=&page= and filters   Register
//	GET  /people/ID, /leaders/ID        Person
//	GET  /units/ID                      UnitPage
//	GET  /venues/ID                     VenuePage
//	GET  /people/ID/edit                RegisterForm  POST the same; /units/ID/edit and /venues/ID/edit too
//	GET  /people/import                 Import        POST the same: file
//	GET  /people/import/TOKEN           ImportPreview POST the same: sum, c0, c1 …; POST /people/import/TOKEN/drop
//	GET  /people/export?format=         what the list shows, xlsx or csv; the other lists too
//	GET  /outbox?state=&page=           Outbox
//	GET  /my                            My            POST /my/claim seminar, /my/hand-back seminar
//	GET  /feed/TOKEN                    FeedLanding for browsers (the calendar itself ends in .ics)
//	GET  /accessibility                 Accessibility
//	GET  /help                          Help
//	GET  /static/HASH/FILE              Static
//
// Filters send the whole page's address through htmx and pick #results out of
// the answer, so a handler may always answer with the whole page.
//
// The stream /plan/events sends "progress" events, whose data is the fragment,
// and at the end one "over" event, upon which the page closes the stream and
// loads itself again.
package ui
