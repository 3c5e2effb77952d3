package ui

import (
	"strings"
	"time"
)

// pages names every page and the data struct it shows; the file is
// templates/NAME.html. New renders each with the empty struct given here.
var pages = map[string]any{
	"sign-in":         SignIn{},
	"sign-in-confirm": SignInConfirm{},
	"overview":        Overview{},
	"map":             MapPage{},
	"boundaries":      BoundariesPage{},
	"waves":           Waves{},
	"waves-change":    WaveForm{},
	"waves-propose":   WavesPropose{},
	"seminars":        Seminars{},
	"seminar":         Seminar{},
	"options":         Options{},
	"ask":             Ask{},
	"ask-person":      AskPerson{},
	"what-if":         WhatIf{},
	"plan":            PlanRun{},
	"publish":         Publish{},
	"register":        Register{Kind: People},
	"person":          Person{Language: "sv"},
	"register-edit":   RegisterForm{},
	"import":          Import{},
	"merge":           Merge{},
	"import-preview":  ImportPreview{},
	"unit":            UnitPage{},
	"venue":           VenuePage{},
	"risk":            Risk{},
	"forecast":        Forecast{},
	"scenarios":       Scenarios{},
	"scenario-new":    ScenarioNew{},
	"compare":         Compare{},
	"changes":         Changes{},
	"event":           Event{},
	"proposal":        Proposal{},
	"rearrange":       Rearrange{},
	"outbox":          Outbox{},
	"attendance":      Attendance{},
	"activities":      Activities{},
	"activity":        ActivityPage{Credit: "none"},
	"activity-edit":   ActivityForm{},
	"activity-kinds":  ActivityKinds{},
	"timetable":       Timetable{By: "venue"},
	"shift":           Shift{},
	"hours":           Hours{By: "area"},
	"reports":         Reports{About: "coverage"},
	"replies":         Replies{},
	"jobs":            Jobs{},
	"preview":         Preview{},
	"my":              My{},
	"my-calendar":     MyCalendar{},
	"calendars":       Calendars{},
	"calendar":        SharedCalendar{},
	"notes":           CalendarNotes{},
	"unit-contacts":   UnitContacts{},
	"venue-calendar":  VenueCalendar{},
	"my-agenda":       PrintAgenda{},
	"doors":           Doors{},
	"feed":            FeedLanding{},
	"accessibility":   Accessibility{},
	"help":            Help{},
	"keys":            Keys{},
	"error":           ErrorPage{},
}

// Page is the frame around every page.
type Page struct {
	Lang string // one of Languages
	Path string // the request's path and query: marks the current menu item, and where preferences lead back to
	// Title overrides the page's own title, for instance with a seminar's name. Optional.
	Title     string
	Programme string        // name of the programme, shown beside the logotype; optional
	User      *User         // nil when nobody is signed in
	Flash     *Flash        // outcome of the previous action; optional
	Nav       []NavItem     // nil means NavFor(User)
	CSRF      string        // put in the hidden field "csrf" of every form
	Revision  uint64        // of the programme, for pages that follow it; 0 for those that do not
	News      []HistoryLine // what others did while the reader filled in a form that was refused
	Keys      bool          // keyboard shortcuts are on
	Theme     string        // "light", "dark" or "" for the reader's own setting
	Data      any           // one of the structs below; chooses the template
}

// Role decides which menu a person sees.
type Role string

const (
	Coordinator Role = "coordinator"
	Leader      Role = "leader"
	Staff       Role = "staff"
)

// User is who is signed in.
type User struct {
	Name string
	Role Role
}

// Kind is how serious a message is: shown by colour, icon and word.
type Kind string

const (
	Info    Kind = "info"
	Success Kind = "success"
	Warning Kind = "warning"
	Failure Kind = "error"
)

// Flash is one sentence about what just happened, already translated.
type Flash struct {
	Kind Kind
	Text string
	Undo *FlashUndo // takes it back; optional
}

// FlashUndo is a form that takes back what a Flash tells of, or a link to the
// page that shows first what that would do.
type FlashUndo struct{ Action, Step, Href string }

// NavItem is one entry of the menu. Label is the suffix of a text key
// "nav.LABEL". A section leads to its first page and has Items, one a page.
type NavItem struct {
	Label, Href string
	Items       []NavItem
}

// NavFor is the menu of a role; nobody signed in has none.
func NavFor(u *User) []NavItem {
	if u == nil {
		return []NavItem{}
	}
	if u.Role != Coordinator {
		return []NavItem{{Label: "my", Href: "/my"}}
	}
	return []NavItem{
		section("state", NavItem{Label: "overview", Href: "/overview"}, NavItem{Label: "map", Href: "/map"}, NavItem{Label: "forecast", Href: "/forecast"}, NavItem{Label: "risk", Href: "/risk"}),
		section("planning", NavItem{Label: "plan", Href: "/plan"}, NavItem{Label: "waves", Href: "/waves"}, NavItem{Label: "scenarios", Href: "/scenarios"}, NavItem{Label: "ask", Href: "/ask"}),
		section("meetings", NavItem{Label: "timetable", Href: "/timetable"}, NavItem{Label: "seminars", Href: "/seminars"}, NavItem{Label: "changes", Href: "/changes"}, NavItem{Label: "activities", Href: "/activities"}),
		{Label: "people", Href: "/people"},
		section("results", NavItem{Label: "reports", Href: "/reports"}, NavItem{Label: "hours", Href: "/hours"}),
		section("messages", NavItem{Label: "outbox", Href: "/outbox"}, NavItem{Label: "jobs", Href: "/jobs"}, NavItem{Label: "calendars", Href: "/calendars"}),
		{Label: "my", Href: "/my"},
	}
}

func section(label string, pages ...NavItem) NavItem {
	return NavItem{Label: label, Href: pages[0].Href, Items: pages}
}

// Current tells whether the menu item leads to the page being shown or to the
// section it is in.
func (p Page) Current(item NavItem) bool {
	path, _, _ := strings.Cut(p.Path, "?")
	for _, kind := range (Register{}).Kinds() { // one item leads to all lists of the register
		if list := "/" + string(kind); item.Href == "/people" && (path == list || strings.HasPrefix(path, list+"/")) {
			return true
		}
	}
	for _, page := range item.Items {
		if p.Current(page) {
			return true
		}
	}
	return path == item.Href || strings.HasPrefix(path, item.Href+"/")
}

// Section is the menu item with several pages that the page being shown is one
// of; without Items when there is none.
func (p Page) Section() NavItem {
	for _, item := range p.Nav {
		if len(item.Items) > 1 && p.Current(item) {
			return item
		}
	}
	return NavItem{}
}

// languageNames are what languages call themselves.
var languageNames = map[string]string{"sv": "Svenska", "en": "English", "nb": "Norsk"}

// OtherLanguages are those the page can be read in instead.
func (p Page) OtherLanguages() []Option {
	var list []Option
	for _, lang := range Languages {
		if lang != p.Lang {
			list = append(list, Option{Value: lang, Label: languageNames[lang]})
		}
	}
	return list
}

// SignIn asks for an e-mail address and tells that a link was sent. The page
// says the same whether or not the address is known.
type SignIn struct {
	Email string
	Error string // translated sentence about the address; empty when fine
	Sent  bool
	Files string // folder that mails are written to when SMTP is not configured; empty when it is
}

// SignInConfirm is where the mailed link leads. A button (POST) signs in, so
// that mail scanners that follow links do not use the link up.
type SignInConfirm struct {
	Token string
	Name  string // who the link is for
	Used  bool   // the link is used or too old: offers a new one
}

// Overview is the programme at a glance. Counts are people, times minutes.
type Overview struct {
	Goal                               string // the programme's goal in one sentence; optional
	Trained, Planned, Target           int    // staff: all modules done; every module done or planned; to be trained
	MinutesDone, MinutesPlan, MinutesT int    // certified, certified + planned, target
	LeadersReady, Leaders              int    // may lead at least one module now; all
	Week, Weeks                        int    // the programme's week now and how many there are; Week 0 before the start
	From, To                           time.Time
	Mixed, Seminars                    int // seminars with every sector present; all seminars of the plan
	Modules                            []ModuleProgress
	Waves                              []WaveRow
	Attention                          []Notice
	Next                               []SeminarRow // the next few seminars
	Guide                              *FirstSteps  // nil when put away
	Curve                              Forecast     // of its hours; without weeks before there is a plan
}

// ModuleProgress counts the people of one module.
type ModuleProgress struct {
	Name                      string
	Attended, Planned, Target int // Planned: have a seat to come
}

// Notice is something to look at: one translated sentence and where to act.
type Notice struct {
	Kind Kind
	Text string
	Href string // empty when there is nowhere to go
	Link string // words of the link; empty when Href is
}
