package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"kaskad/model"
)

// protectedEvery: two people in a thousand have a protected identity.
const protectedEvery = 500

// occupations by sector, with their share of a hundred: nurses and assistant
// nurses are equally many in hospitals (as NU-sjukvården reports), the other
// shares are estimates.
var occupations = map[string]struct {
	names  []string
	shares []int
}{
	municipal: {[]string{"Undersköterska", "Sjukvårdsbiträde", "Sjuksköterska", "Vårdadministratör"}, []int{75, 12, 10, 3}},
	primary:   {[]string{"Sjuksköterska", "Undersköterska", "Medicinsk sekreterare", "Vårdadministratör"}, []int{45, 25, 18, 12}},
	hospitals: {[]string{"Sjuksköterska", "Undersköterska", "Medicinsk sekreterare", "Sjukvårdsbiträde"}, []int{42, 42, 10, 6}},
}

const expertOccupation = "Ämnesexpert"

// contacts names everybody. Names are drawn independently of each other and of
// the place, and the number in the address keeps namesakes apart.
func (b *builder) contacts() []model.Contact {
	r := dice(b.o.Seed, contactDice)
	protected := r.IntN(protectedEvery)
	list := make([]model.Contact, len(b.people))
	for i, p := range b.people {
		role := b.roles[i]
		c := model.Contact{
			ID:     p.ID,
			Given:  drawName(r, known.given),
			Family: drawName(r, known.family),
			// Care staff read Swedish; a few would rather have mail in English.
			Language:   []string{"sv", "en"}[pick(r, []int{95, 5})],
			Occupation: expertOccupation,
		}
		if !role.expert {
			o := occupations[role.sector]
			c.Occupation = o.names[pick(r, o.shares)]
			c.Protected = i%protectedEvery == protected
		}
		c.Email = fmt.Sprintf("%s.%s.%d@%s.example.org", ascii(c.Given), ascii(c.Family), i+1, domain(role.employer))
		list[i] = c
	}
	return list
}

// drawName takes the front of the list, where the most common names stand,
// twice as often as the rest.
func drawName(r *rand.Rand, names []string) string {
	if r.IntN(3) == 0 {
		return names[r.IntN(len(names)/3)]
	}
	return names[r.IntN(len(names))]
}

var folding = strings.NewReplacer(
	"å", "a", "ä", "a", "ö", "o", "é", "e", "è", "e", "ü", "u", "ø", "o", "æ", "ae", "ı", "i", "á", "a", "í", "i", "ó", "o", "ú", "u",
	"ñ", "n", "č", "c", "ć", "c", "š", "s", "ž", "z", "ł", "l", "ś", "s", "ń", "n", "ź", "z", "ż", "z", "ę", "e", "ą", "a", "đ", "d",
)

// ascii folds a name to the letters, digits and hyphens of an address.
func ascii(name string) string {
	folded := folding.Replace(strings.ToLower(name))
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-':
			return c
		case c == ' ':
			return '-'
		}
		return -1
	}, folded)
}

// domain is the label under example.org that stands for an employer.
func domain(employer string) string {
	switch {
	case strings.HasPrefix(employer, "Västra Götalandsregionen"):
		return "vgr"
	case employer == officeEmployer:
		return "direkt"
	}
	return strings.Trim(ascii(strings.TrimSuffix(strings.TrimSuffix(employer, " vårdcentral"), " Vårdcentral")), "-")
}
