package roster

import (
	"strings"

	"kaskad/model"
)

// recognise finds who a row is about: by Kaskad's own id, by the employer's
// key, else by the address, which must be nobody else's.
func (c *comparer) recognise(row *Row, contact *model.Contact) (id string, known bool) {
	if i, ok := c.byID[c.cell(row, Key)]; ok {
		id, known = c.r.Problem.People[i].ID, true
		contact.Key = ""
	} else if id, known = c.byKey[contact.Key]; contact.Key == "" {
		id, known = "", false
	}
	email := strings.ToLower(contact.Email)
	if email == "" {
		return id, known
	}
	owner, taken := c.byEmail[email]
	if line := c.emails[email]; line > 0 && !(taken && owner == id) || known && taken && owner != id {
		c.note(row, Email, model.Errorf(model.Invalid, "import.email-taken", "somebody else has this address; the person is taken in without one"))
		contact.Email = ""
		return id, known
	}
	c.emails[email] = row.Line
	if !known && taken {
		before, _ := c.r.Contact(owner)
		if contact.Key != "" && before.Key != "" && before.Key != contact.Key {
			c.note(row, Email, model.Errorf(model.Invalid, "import.email-taken", "somebody else has this address; the person is taken in without one"))
			contact.Email = ""
			return "", false
		}
		return owner, true
	}
	return id, known
}

// namesake is the one person of that name at a unit whom nothing else tells
// apart: whoever has another key is somebody else.
func (c *comparer) namesake(x model.Contact, unit *model.Unit) (string, bool) {
	id := c.byName[nameAt(x, unit.ID)]
	before, _ := c.r.Contact(id)
	if id == "" || c.seen[id] > 0 || before.Key != "" && x.Key != "" {
		return "", false
	}
	return id, true
}

func nameAt(x model.Contact, unit string) string {
	return plainName(x.Given+x.Family) + "\x00" + unit
}

// employerOf is who a unit belongs to; itself when nothing is said.
func employerOf(u *model.Unit) string {
	if u.Employer == "" {
		return "\x00" + u.ID
	}
	return u.Employer
}
