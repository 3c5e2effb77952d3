package clients_test

import (
	"slices"

	"kaskad/model"
)

// chapter is one publication or choice, and what comes of it for Anna. A line names the
// seat and which of its lives it is, the sequence, the time in UTC, the status,
// what and where: see stage.line.
type chapter struct {
	name   string
	choose model.Channel // what Anna chooses first, if anything
	change func([]model.Seminar) []model.Seminar
	mails  []string // what she is sent: the method, and the line
	feed   []string // what a subscription shows
	own    []string // what a calendar of her own shows that takes every mail in
}

// stories are told to every program.
var stories = map[string][]chapter{"both ways": story, "one way at a time": switches}

// story is Anna's year, in which she has chosen invitations and a subscription. S00004 is Etik on a plain day in November, S00002
// Juridik in the hour that comes twice when summer time ends.
var story = []chapter{
	{
		name:   "invited",
		change: func([]model.Seminar) []model.Seminar { return firstPlan },
		mails: []string{
			"REQUEST S00004/anna/0 s0 2026-11-10T08:00/11:00 CONFIRMED " + ethics + " @ Skövde",
			"REQUEST S00002/anna/0 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
		feed: []string{
			"S00004/anna/0 s0 2026-11-10T08:00/11:00 CONFIRMED " + ethics + " @ Skövde",
			"S00002/anna/0 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
		own: []string{
			"S00004/anna/0 s0 2026-11-10T08:00/11:00 CONFIRMED " + ethics + " @ Skövde",
			"S00002/anna/0 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
	},
	{
		name: "moved to the last week of the year, its 53rd, and into the night of March",
		change: edit(func(x *model.Seminar) {
			switch x.ID {
			case "S00004":
				x.Slot = "week53"
			case "S00002":
				x.Slot = "spring"
			}
		}),
		mails: []string{
			"REQUEST S00004/anna/0 s1 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Skövde",
			"REQUEST S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
		feed: []string{
			"S00004/anna/0 s1 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Skövde",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
		own: []string{
			"S00004/anna/0 s1 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Skövde",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
	},
	{
		name:   "in another place",
		change: edit(func(x *model.Seminar) { x.Venue = "barn" }, "S00004"),
		mails:  []string{"REQUEST S00004/anna/0 s2 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan"},
		feed: []string{
			"S00004/anna/0 s2 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
		own: []string{
			"S00004/anna/0 s2 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
	},
	{
		name:   "led by another, which is a detail for Anna",
		change: edit(func(x *model.Seminar) { x.Leaders = []string{"leo"} }, "S00004"),
		mails:  []string{"REQUEST S00004/anna/0 s2 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan"},
		feed: []string{
			"S00004/anna/0 s2 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
		own: []string{
			"S00004/anna/0 s2 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
	},
	{
		name:   "without Anna",
		change: edit(func(x *model.Seminar) { x.Attendees = []string{"bo", "hidden"} }, "S00004"),
		mails:  []string{"CANCEL S00004/anna/0 s3 2026-12-29T12:00/15:00 CANCELLED INSTÄLLD: " + ethics + " @ Ladan"},
		feed: []string{
			"S00004/anna/0 s3 2026-12-29T12:00/15:00  INSTÄLLD: " + ethics + " @ Ladan",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
		own: []string{"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde"},
	},
	{
		name:   "with Anna again: a seat with an identity of its own",
		change: edit(func(x *model.Seminar) { x.Attendees = []string{"anna", "bo", "hidden"} }, "S00004"),
		mails:  []string{"REQUEST S00004/anna/1 s0 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan"},
		feed: []string{
			"S00004/anna/1 s0 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
		own: []string{
			"S00004/anna/1 s0 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Ladan",
			"S00002/anna/0 s1 2027-03-28T00:00/02:00 CONFIRMED " + law + " @ Skövde",
		},
	},
	{
		name: "moved over New Year, and the other cancelled",
		change: func(list []model.Seminar) []model.Seminar {
			list = edit(func(x *model.Seminar) { x.Slot = "eve" }, "S00004")(list)
			return slices.DeleteFunc(list, func(x model.Seminar) bool { return x.ID == "S00002" })
		},
		mails: []string{
			"REQUEST S00004/anna/1 s1 2026-12-31T21:00/23:30 CONFIRMED " + ethics + " @ Ladan",
			"CANCEL S00002/anna/0 s2 2027-03-28T00:00/02:00 CANCELLED INSTÄLLD: " + law + " @ Skövde",
		},
		feed: []string{
			"S00004/anna/1 s1 2026-12-31T21:00/23:30 CONFIRMED " + ethics + " @ Ladan",
			"S00002/anna/0 s2 2027-03-28T00:00/02:00  INSTÄLLD: " + law + " @ Skövde",
		},
		own: []string{"S00004/anna/1 s1 2026-12-31T21:00/23:30 CONFIRMED " + ethics + " @ Ladan"},
	},
}

// switches is a year in which Anna has one of the two at a time. A seat moves to
// the other with an identity of its own, and never shows twice.
var switches = []chapter{
	{
		name:   "invited by mail",
		choose: model.ByMail,
		change: func([]model.Seminar) []model.Seminar { return firstPlan },
		mails: []string{
			"REQUEST S00004/anna/0 s0 2026-11-10T08:00/11:00 CONFIRMED " + ethics + " @ Skövde",
			"REQUEST S00002/anna/0 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
		feed: []string{"emptied s0 2026-10-01T09:00/09:15 CONFIRMED " + emptied + " @"},
		own: []string{
			"S00004/anna/0 s0 2026-11-10T08:00/11:00 CONFIRMED " + ethics + " @ Skövde",
			"S00002/anna/0 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
	},
	{
		name:   "subscribing instead",
		choose: model.ByFeed,
		mails: []string{
			"CANCEL S00004/anna/0 s1 2026-11-10T08:00/11:00 CANCELLED " + ethics + " @ Skövde",
			"CANCEL S00002/anna/0 s1 2026-10-25T00:15/01:15 CANCELLED " + law + " @ Skövde",
		},
		feed: []string{
			"S00004/anna/1 s0 2026-11-10T08:00/11:00 CONFIRMED " + ethics + " @ Skövde",
			"S00002/anna/1 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
	},
	{
		name:   "moved, of which no mail tells",
		change: edit(func(x *model.Seminar) { x.Slot = "week53" }, "S00004"),
		feed: []string{
			"S00004/anna/1 s1 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Skövde",
			"S00002/anna/1 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
	},
	{
		name:   "by mail again",
		choose: model.ByMail,
		mails: []string{
			"REQUEST S00004/anna/2 s0 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Skövde",
			"REQUEST S00002/anna/2 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
		feed: []string{"emptied s0 2026-10-01T13:45/14:00 CONFIRMED " + emptied + " @"},
		own: []string{
			"S00004/anna/2 s0 2026-12-29T12:00/15:00 CONFIRMED " + ethics + " @ Skövde",
			"S00002/anna/2 s0 2026-10-25T00:15/01:15 CONFIRMED " + law + " @ Skövde",
		},
	},
}

const (
	ethics  = "Etik, bemötande; värdegrund – seminarium (DiREKT)"
	emptied = "Seminarierna kommer med inbjudan i stället"
	law     = "Juridik – seminarium (DiREKT)"
)

// firstPlan has a seminar at each time that calendars get wrong.
var firstPlan = []model.Seminar{
	seminar("d1", "ethics", "plain", "hall", "lena", "anna", "bo", "hidden"),
	seminar("d2", "law", "repeated", "hall", "leo", "anna"),
	seminar("d3", "law", "eve", "barn", "lena", "bo", "cilla"),
	seminar("d4", "ethics", "spring", "barn", "leo", "cilla"),
	seminar("d5", "law", "sunday53", "hall", "leo", "hidden"),
	seminar("d6", "law", "autumn", "hall", "lena", "dora"),
	seminar("d7", "ethics", "second", "barn", "lena", "dora", "hidden"),
	seminar("d8", "ethics", "week1", "hall", "lena", "emil"),
	seminar("d9", "law", "summer", "hall", "lena", "emil"),
}

func seminar(id, module, slot, venue, leader string, attendees ...string) model.Seminar {
	return model.Seminar{ID: id, Tier: "staff", Module: module, Slot: slot, Venue: venue, Leaders: []string{leader}, Attendees: attendees}
}

// edit changes the seminars named, or all.
func edit(change func(*model.Seminar), ids ...string) func([]model.Seminar) []model.Seminar {
	return func(list []model.Seminar) []model.Seminar {
		for i := range list {
			if len(ids) == 0 || slices.Contains(ids, list[i].ID) {
				change(&list[i])
			}
		}
		return list
	}
}
