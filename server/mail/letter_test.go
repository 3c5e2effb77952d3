package mail_test

import (
	"strings"
	"testing"

	"kaskad/server/calendar"
	"kaskad/server/mail"
)

func TestInvitationInSwedish(t *testing.T) {
	m := compose(t, event(t), nil)
	want := `Hej Anna Åberg!

Du är bokad på seminariet Etik.

När: tisdag 2 mars 2027 kl. 08:30–11:30 (vecka 9)
Var: Skövde stadshus
Restid: ungefär 45 minuter enkel väg
Leds av: Bo Ek

Öppna inbjudan för att lägga in seminariet i din kalender. Svara ja eller nej i inbjudan, eller på din sida. Tackar du nej får du välja en annan tid.

Dina seminarier: https://kaskad.example.org/my

Vänliga hälsningar
DiREKT
`
	if m.Text != want {
		t.Errorf("the letter reads\n%s\nwant\n%s", m.Text, want)
	}
	if m.Method != "REQUEST" {
		t.Errorf("Method = %s", m.Method)
	}
}

func TestInvitationInEnglish(t *testing.T) {
	e := event(t)
	e.Language, e.Leading = "en", true
	m := compose(t, e, nil)
	if m.Subject != "Invitation to lead: Etik, Tue 2 March 08:30, Skövde stadshus" {
		t.Errorf("Subject = %q", m.Subject)
	}
	for _, want := range []string{
		"Hello Anna Åberg!", "You are booked to lead the seminar Etik.", "When: Tuesday 2 March 2027, 08:30–11:30 (week 9)", "You lead it together with: Bo Ek",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
}

func TestLettersSayWhatHasChanged(t *testing.T) {
	e := event(t)
	for _, c := range []struct {
		name          string
		told          mail.Told
		subject, lead string
		answer        bool // whether to answer again
	}{
		{"a new time", mail.Told{Start: at(t, "2027-02-23T13:00:00+01:00"), End: at(t, "2027-02-23T16:00:00+01:00"), Place: e.Place},
			"Ny tid: Etik, tis 2 mars 08:30, Skövde stadshus",
			"Seminariet Etik har flyttats från tisdag 23 februari 2027 kl. 13:00 till tisdag 2 mars 2027 kl. 08:30.", true},
		{"a new end", mail.Told{Start: e.Start, End: at(t, "2027-03-02T10:30:00+01:00"), Place: e.Place},
			"Ny tid: Etik, tis 2 mars 08:30, Skövde stadshus",
			"Seminariet Etik har flyttats från tisdag 2 mars 2027 kl. 08:30–10:30 (vecka 9) till tisdag 2 mars 2027 kl. 08:30–11:30 (vecka 9).", true},
		{"a new place", mail.Told{Start: e.Start, End: e.End, Place: "Mariestads bibliotek"},
			"Ny plats: Etik, tis 2 mars 08:30, Skövde stadshus",
			"Seminariet Etik har flyttats från Mariestads bibliotek till Skövde stadshus.", true},
		{"a place at last", mail.Told{Start: e.Start, End: e.End},
			"Ny plats: Etik, tis 2 mars 08:30, Skövde stadshus",
			"Seminariet Etik har flyttats från en plats som inte är bestämd till Skövde stadshus.", true},
		{"a new time and place", mail.Told{Start: at(t, "2027-02-23T13:00:00+01:00"), End: at(t, "2027-02-23T16:00:00+01:00"), Place: "Mariestads bibliotek"},
			"Ny tid och plats: Etik, tis 2 mars 08:30, Skövde stadshus",
			"Seminariet Etik har flyttats från tisdag 23 februari 2027 kl. 13:00, Mariestads bibliotek till tisdag 2 mars 2027 kl. 08:30, Skövde stadshus.", true},
		{"neither", mail.Told{Start: e.Start, End: e.End, Place: e.Place},
			"Ändrat: Etik, tis 2 mars 08:30, Skövde stadshus",
			"Uppgifterna om seminariet Etik har ändrats. Tid och plats är desamma.", false},
	} {
		m := compose(t, e, &c.told)
		if m.Subject != c.subject {
			t.Errorf("%s: subject %q, want %q", c.name, m.Subject, c.subject)
		}
		if !strings.Contains(m.Text, "\n"+c.lead+"\n") {
			t.Errorf("%s: no %q in\n%s", c.name, c.lead, m.Text)
		}
		if got := strings.Contains(m.Text, "svara igen"); got != c.answer {
			t.Errorf("%s: asks for a new answer = %v, want %v", c.name, got, c.answer)
		}
	}
}

func TestCancellationsSpeakOfWhatWasTold(t *testing.T) {
	e := cancelled(event(t))
	told := mail.Told{Start: at(t, "2027-02-23T13:00:00+01:00"), End: at(t, "2027-02-23T16:00:00+01:00"), Place: "Mariestads bibliotek"}
	m := compose(t, e, &told)
	if m.Method != "CANCEL" || m.Subject != "Inställt: Etik, tis 23 februari 13:00, Mariestads bibliotek" {
		t.Errorf("Method, Subject = %s, %q", m.Method, m.Subject)
	}
	for _, want := range []string{"Seminariet Etik är inställt.", "Det gällde: tisdag 23 februari 2027 kl. 13:00–16:00 (vecka 8)", "Plats: Mariestads bibliotek"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
	body := string(m.Calendar)
	if !strings.Contains(body, "DTSTART;TZID=Europe/Stockholm:20270223T130000") || strings.Contains(body, "Skövde") {
		t.Errorf("the calendar part speaks of a time or place that was never told:\n%s", body)
	}
}

func TestWithdrawalsSayThatTheSeminarGoesOnWithoutYou(t *testing.T) {
	e := cancelled(event(t))
	e.Withdrawn = true
	if m := compose(t, e, nil); m.Subject != "Avbokat: Etik, tis 2 mars 08:30, Skövde stadshus" || !strings.Contains(m.Text, "Du är inte längre bokad på seminariet Etik.") {
		t.Errorf("an attendee reads %q\n%s", m.Subject, m.Text)
	}
	e.Leading = true
	if m := compose(t, e, nil); !strings.Contains(m.Text, "Du leder inte längre seminariet Etik.") {
		t.Errorf("a leader reads\n%s", m.Text)
	}
}

func TestDatesOfAWeek53AndAcrossMidnight(t *testing.T) {
	e := event(t)
	e.Start, e.End = at(t, "2026-12-31T22:00:00+01:00"), at(t, "2027-01-01T01:00:00+01:00")
	m := compose(t, e, nil)
	if want := "När: torsdag 31 december 2026 kl. 22:00 – fredag 1 januari 2027 kl. 01:00 (vecka 53)"; !strings.Contains(m.Text, want) {
		t.Errorf("no %q in\n%s", want, m.Text)
	}
	e.Start, e.End = at(t, "2027-01-03T09:00:00+01:00"), at(t, "2027-01-03T12:00:00+01:00")
	if m = compose(t, e, nil); !strings.Contains(m.Text, "söndag 3 januari 2027 kl. 09:00–12:00 (vecka 53)") {
		t.Errorf("3 January 2027 is in week 53, but the letter reads\n%s", m.Text)
	}
}

func TestLettersTellTheTimeOfTheProgrammesZone(t *testing.T) {
	e := event(t)
	e.Start, e.End = at(t, "2027-06-15T06:30:00Z"), at(t, "2027-06-15T09:30:00Z")
	if m := compose(t, e, nil); !strings.Contains(m.Text, "tisdag 15 juni 2027 kl. 08:30–11:30") {
		t.Errorf("06:30 UTC in June is not 08:30 in\n%s", m.Text)
	}
}

func TestHTMLSaysTheSameAndEscapes(t *testing.T) {
	e := event(t)
	e.Place = `<script>alert("x")</script>`
	m := compose(t, e, nil)
	if strings.Contains(m.HTML, "<script") || !strings.Contains(m.HTML, "&lt;script&gt;") {
		t.Errorf("the place is not escaped in\n%s", m.HTML)
	}
	for _, want := range []string{`<html lang="sv">`, "Du är bokad på seminariet Etik.", "<li>Leds av: Bo Ek</li>", `<a href="https://kaskad.example.org/my">`} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("no %q in\n%s", want, m.HTML)
		}
	}
}

func TestNeutralEventsAreNeverMailed(t *testing.T) {
	e := event(t)
	e.Module, e.Title = "", "Bokad"
	if m, err := mail.Compose(e, nil, letters(t)); err == nil {
		t.Errorf("a protected person's event became the mail %q", m.Subject)
	}
}

func TestComposePassesOnWhatIsWrongWithAnAddress(t *testing.T) {
	c := letters(t)
	c.To = calendar.Party{Name: "Anna"}
	if _, err := mail.Compose(event(t), nil, c); err == nil || !strings.Contains(err.Error(), "attendee") {
		t.Errorf("error = %v, want one about the attendee", err)
	}
}

func TestWithoutANameTheGreetingHasNone(t *testing.T) {
	c := letters(t)
	c.To.Name = ""
	m, err := mail.Compose(event(t), nil, c)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(m.Text, "Hej!\n") {
		t.Errorf("the greeting is %.20q", m.Text)
	}
}

func TestWhoDeclinesIsOfferedOtherSeats(t *testing.T) {
	e := cancelled(event(t))
	e.Withdrawn, e.Declined = true, true
	c := letters(t)
	c.Offers = []mail.Told{{Start: at(t, "2027-03-09T08:30:00+01:00"), End: at(t, "2027-03-09T11:30:00+01:00"), Place: "Mariestads bibliotek"}}
	m, err := mail.Compose(e, nil, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Du har tackat nej till seminariet Etik.", "• tisdag 9 mars 2027 kl. 08:30–11:30 (vecka 10), Mariestads bibliotek", "Boka en av dem på din sida."} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
	if m.Method != "CANCEL" {
		t.Errorf("Method = %s, want CANCEL: the seminar must leave the calendar", m.Method)
	}
	if m = compose(t, e, nil); !strings.Contains(m.Text, "väntelistan") {
		t.Errorf("without other seats the letter reads\n%s", m.Text)
	}
}
