package gallery

import (
	"time"

	"kaskad/ui"
)

func (s sampler) jobs() ui.Jobs {
	last, next := s.at(2027, 3, 8, 9, 12), s.at(2027, 3, 8, 9, 13)
	return ui.Jobs{
		Rows: []ui.JobRow{
			{Name: "invite", Last: last, Next: next, Took: 3 * time.Second, Counts: []ui.JobCount{{What: "sent", N: 42}, {What: "put-off", N: 1}}},
			{Name: "replies", Last: last, Next: next, Failed: true, Error: "mailbox imap.example.org:993: connection refused"},
			{Name: "remind", Last: last, Next: next}, {Name: "digest", Next: next}, {Name: "chase", Running: true, Last: last, Next: next},
		},
		Machinery: []ui.JobRow{{Name: "cleanup", Last: last, Next: next, Counts: []ui.JobCount{{What: "deleted", N: 7}}}},
	}
}

func (s sampler) preview() ui.Preview {
	return ui.Preview{Wave: "w1", WaveName: s.waveName(1), OfWave: true, Total: 1240, Slow: true, Finished: s.at(2027, 3, 8, 11, 30), Pager: ui.Pager{Page: 1, Pages: 62},
		Mails: []ui.PreviewMail{
			{To: "Karin Lindqvist", Address: "karin.lindqvist@example.se", Subject: s.in("Inbjudan: Etik, tis 2 mars 08:30, Skövde stadshus", "Invitation: Ethics, Tue 2 March 08:30, Skövde city hall"), Kind: ui.KindInvite,
				Text: s.in("Hej Karin Lindqvist!\n\nDu är bokad på seminariet Etik.\n", "Hello Karin Lindqvist!\n\nYou are booked on the seminar Ethics.\n"), Calendar: "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n", Method: "REQUEST"},
			{To: "Per Ek", Address: "per.ek@example.se", Subject: s.in("Påminnelse: Etik, tis 2 mars 08:30", "Reminder: Ethics, Tue 2 March 08:30"), Kind: ui.KindReminder,
				Text: s.in("Hej Per Ek!\n\nSnart är det dags för seminariet Etik.\n", "Hello Per Ek!\n\nThe seminar Ethics is near.\n")},
		}}
}
