package roster

import (
	"slices"
	"strings"
	"unicode"
)

// Meaning is what a column of a staff register holds.
type Meaning string

const (
	Ignored      Meaning = ""
	Key          Meaning = "key"          // employment number, HSA-id or user id: who it is, for the employer
	Number       Meaning = "number"       // personal identity number: used to recognise, never kept
	Name         Meaning = "name"         // both names in one
	Given        Meaning = "given"        //
	Family       Meaning = "family"       //
	Email        Meaning = "email"        //
	Occupation   Meaning = "occupation"   //
	UnitName     Meaning = "unit"         //
	UnitID       Meaning = "unit-id"      //
	Employer     Meaning = "employer"     //
	Municipality Meaning = "municipality" // name or code
	Sector       Meaning = "sector"       //
	Protected    Meaning = "protected"    // yes or no
	Ends         Meaning = "ends"         // last day of the employment
)

// Meanings lists all there are, in the order people are offered them.
func Meanings() []Meaning {
	return []Meaning{Key, Number, Name, Given, Family, Email, Occupation, UnitName, UnitID, Employer, Municipality, Sector, Protected, Ends}
}

// headings are the names that staff systems give their columns, without signs
// and in small letters. The first meaning that knows a name has it.
var headings = map[Meaning][]string{
	Key: {"anställningsnummer", "anställningsnr", "anstnr", "hsaid", "personhsaid", "användarid", "användarnamn", "vgrid", "signatur", "kaskadid", "employeeid",
		"employeenumber", "ansattnummer", "ressursnummer"},
	Number:       {"personnummer", "persnr", "personnr", "personid", "födelsenummer", "fødselsnummer", "idnummer"},
	Name:         {"namn", "fulltnamn", "anställd", "medarbetare", "name", "navn", "fullname"},
	Given:        {"förnamn", "förnamnsmå", "tilltalsnamn", "givenname", "firstname", "fornavn"},
	Family:       {"efternamn", "efternamnsmå", "sn", "surname", "lastname", "familyname", "etternavn"},
	Email:        {"epost", "epostadress", "email", "emailadr", "mail", "mejl", "epostarbete"},
	Occupation:   {"befattning", "befattningsbenämning", "titel", "title", "yrke", "yrkesroll", "aidbenämning", "roll", "stilling", "occupation"},
	UnitName:     {"enhet", "enhetsnamn", "arbetsplats", "arbetsställe", "grundanställningsenhet", "avdelning", "ou", "department", "unit", "enhetnavn", "arbeidssted"},
	UnitID:       {"enhetskod", "enhetsid", "enhetshsaid", "hsaidenhet", "ansvar", "ansvarskod", "ansvarsnummer", "enhetskodansvar", "kostnadsställe", "unitid"},
	Employer:     {"arbetsgivare", "organisation", "förvaltning", "bolag", "company", "employer", "arbeidsgiver"},
	Municipality: {"kommun", "kommunkod", "kommunnamn", "municipality", "kommune", "ort"},
	Sector:       {"sektor", "verksamhet", "verksamhetsområde", "sector"},
	Protected:    {"skyddadidentitet", "skyddadepersonuppgifter", "sekretess", "sekretessmarkering", "skyddad", "protected"},
	Ends:         {"anställdtom", "slutdatum", "anställningtom", "tom", "enddate", "sluttdato"},
}

// plainName is a heading without signs and in small letters.
func plainName(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

func meaningOf(heading string) Meaning {
	plain := plainName(heading)
	for _, m := range Meanings() {
		if slices.Contains(headings[m], plain) {
			return m
		}
	}
	return Ignored
}

func knownNames(cells []string) (n int) {
	for _, c := range cells {
		if meaningOf(c) != Ignored {
			n++
		}
	}
	return n
}

// Guess says what each column holds, by its heading. A meaning is given once:
// to the first column that has it.
func (s *Sheet) Guess() []Meaning {
	list := make([]Meaning, len(s.Header))
	taken := map[Meaning]bool{}
	for i, h := range s.Header {
		if m := meaningOf(h); m != Ignored && !taken[m] {
			list[i], taken[m] = m, true
		}
	}
	return list
}
