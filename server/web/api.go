package web

import (
	"reflect"

	"github.com/gofiber/fiber/v2"

	"kaskad/ui"
)

// Every page speaks JSON too: to a client that asks for application/json and not
// for HTML, it answers with the same facts the page is drawn from, under the
// same permissions. There is no second set of addresses that could say something else.

// apiPage is a page as JSON.
type apiPage struct {
	Page      string   `json:"page"` // the name of the data's type in package ui
	Path      string   `json:"path"`
	Programme string   `json:"programme,omitempty"`
	Revision  uint64   `json:"revision,omitempty"` // of the programme; 0 for those who are no coordinators
	User      *ui.User `json:"user,omitempty"`
	// FormToken goes into the field "csrf" of every form that is sent from this session.
	FormToken string      `json:"formToken"`
	Message   *apiMessage `json:"message,omitempty"`
	Data      any         `json:"data"` // fields as in package ui; times in RFC 3339
}

// apiMessage is how something went, in the reader's language.
type apiMessage struct {
	Kind ui.Kind `json:"kind"`
	Text string  `json:"text"`
}

// apiDone answers a form: how it went, and the page it leads to.
type apiDone struct {
	Message apiMessage `json:"message"`
	Next    string     `json:"next"`
}

func wantsJSON(v *visit) bool {
	return v.Accepts(fiber.MIMETextHTML, fiber.MIMEApplicationJSON) == fiber.MIMEApplicationJSON
}

func (s *Server) showJSON(v *visit, frame ui.Page) error {
	page := apiPage{Page: reflect.TypeOf(frame.Data).Name(), Path: frame.Path, Programme: frame.Programme, Revision: frame.Revision,
		User: frame.User, FormToken: frame.CSRF, Data: frame.Data}
	if frame.Flash != nil {
		page.Message = &apiMessage{frame.Flash.Kind, frame.Flash.Text}
	}
	return v.JSON(page)
}
