package mail_test

import (
	"strings"
	"testing"

	"kaskad/server/calendar"
	"kaskad/server/mail"
)

func composeNote(t *testing.T, n mail.Note) mail.Message {
	t.Helper()
	n.ID, n.Date = "note.1", at(t, "2027-03-01T08:30:00+01:00")
	m, err := mail.ComposeNote(n, letters(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Bytes(); err != nil {
		t.Fatal(err)
	}
	if m.Calendar != nil {
		t.Error("a note has a calendar part")
	}
	return m
}

func TestTheBriefOfALeader(t *testing.T) {
	e := event(t)
	e.Leading, e.Travel = true, 0
	m := composeNote(t, mail.Brief(e, mail.Expected{People: []string{"Anna Å, Hemtjänsten", "Bo Ek, Vårdcentralen"}, Yes: 2, Silent: 1}, letters(t).Zone))
	want := `Hej Anna Åberg!

Du leder snart seminariet Etik.

När: tisdag 2 mars 2027 kl. 08:30–11:30 (vecka 9)
Var: Skövde stadshus
Du leder tillsammans med: Bo Ek
Deltagare: 3 bokade: 2 har tackat ja, 0 kanske, 1 har inte svarat

De som är bokade:

• Anna Å, Hemtjänsten
• Bo Ek, Vårdcentralen

Dessutom 1 som inte får nämnas vid namn.

Dina seminarier: https://kaskad.example.org/my

Vänliga hälsningar
DiREKT
`
	if m.Text != want {
		t.Errorf("the brief reads\n%s\nwant\n%s", m.Text, want)
	}
	if m.Subject != "Du leder: Etik, tis 2 mars 08:30, Skövde stadshus" {
		t.Errorf("Subject = %q", m.Subject)
	}
	if !strings.Contains(m.HTML, "<ul>\n<li>Anna Å, Hemtjänsten</li>\n<li>Bo Ek, Vårdcentralen</li>\n</ul>") {
		t.Errorf("the names are no list in\n%s", m.HTML)
	}
}

func TestNotesInBothLanguages(t *testing.T) {
	zone := letters(t).Zone
	e, english := event(t), event(t)
	english.Language = "en"
	told := []mail.Told{{Start: e.Start, End: e.End, Place: "Skövde stadshus"}}
	for _, c := range []struct {
		note    mail.Note
		subject string
		says    []string
	}{
		{mail.Reminder(e, zone), "Påminnelse: Etik, tis 2 mars 08:30, Skövde stadshus", []string{"Snart är det dags för seminariet Etik.", "Leds av: Bo Ek", "Lämna din plats på din sida"}},
		{mail.Reminder(english, zone), "Reminder: Etik, Tue 2 March 08:30, Skövde stadshus", []string{"The seminar Etik is near.", "Led by: Bo Ek"}},
		{mail.Unanswered([]calendar.Event{e, e}, zone), "Kommer du?", []string{"Etik: tisdag 2 mars 2027 kl. 08:30–11:30 (vecka 9), Skövde stadshus", "Svara här: https://kaskad.example.org/my"}},
		{mail.Seats("Etik", "sv", "https://kaskad.example.org/my", told, zone), "Det finns plats: Etik", []string{"• tisdag 2 mars 2027 kl. 08:30–11:30 (vecka 9), Skövde stadshus", "Boka här: https://kaskad.example.org/my"}},
		{mail.DayInFigures(mail.Figures{Yes: 4, No: 1, Open: 2}, "en", "https://kaskad.example.org/overview"), "Kaskad: today", []string{"New yes: 4", "New no: 1", "Seminars without a leader: 2"}},
	} {
		m := composeNote(t, c.note)
		if m.Subject != c.subject {
			t.Errorf("subject %q, want %q", m.Subject, c.subject)
		}
		for _, want := range c.says {
			if !strings.Contains(m.Text, want) {
				t.Errorf("%s: no %q in\n%s", c.subject, want, m.Text)
			}
		}
	}
}

func TestFiguresWithNothingToSay(t *testing.T) {
	if !(mail.Figures{Seminars: 4, Attending: 60}).Nothing() {
		t.Error("a calm week is something to write about")
	}
	if (mail.Figures{ToRead: 1}).Nothing() {
		t.Error("a mail to look at is nothing to write about")
	}
}

func TestReturnMarksFitAnAddress(t *testing.T) {
	mark := mail.ReturnMark(strings.Repeat("a", 100))
	if len("planering+"+mark) > 64 || strings.ToLower(mark) != mark || mark == mail.ReturnMark("b") {
		t.Errorf("mark %q", mark)
	}
}
