package model

import "strings"

// Contact is how a person is named and reached. Contacts live apart from
// plans, problems and the journal, keyed by the same opaque person id, so that
// erasing a person erases the contact and history stays countable.
type Contact struct {
	ID         string `json:"id"` // the Person.ID it belongs to
	Given      string `json:"given"`
	Family     string `json:"family"`
	Email      string `json:"email"`
	Language   string `json:"language"`   // "sv", "en" or "nb"
	Occupation string `json:"occupation"` // as the programme names it
	// Key is how the employer's lists name the person: an employment number, an
	// HSA-id, or a pseudonym of the personal identity number, never that itself.
	Key string `json:"key,omitempty"`
	// Protected: the person's identity is protected (skyddade personuppgifter).
	// No name and no place may reach anybody else, nor any mail.
	Protected bool `json:"protected,omitempty"`
}

// Name is the contact's full name on one line, given name first. What people
// are registered with may hold anything, and names go into titles and headers.
func (c Contact) Name() string { return strings.Join(strings.Fields(c.Given+" "+c.Family), " ") }
