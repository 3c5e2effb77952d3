package web

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/ui"
)

// visit is one request for a page: who asks, in which language, and the
// programme as it stood when the request came.
type visit struct {
	*fiber.Ctx
	state   *model.State
	user    *auth.User // nil when nobody is signed in
	session string
	lang    string
}

type pageHandler func(v *visit) error

// page wraps a handler: it finds the session, turns away those who may not see
// the page, and checks the form token of everything that changes something.
func (s *Server) page(h pageHandler, roles ...[]model.Role) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v, err := s.visit(c)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderCacheControl, "no-store") // pages hold personal data, and bfcache would keep their streams open
		if c.Method() == fiber.MethodPost && !s.Secret.FormTokenFits(v.session, c.FormValue("csrf")) {
			return model.Errorf(model.Forbidden, "error.form-token", "the form is too old; load the page again")
		}
		if len(roles) > 0 {
			if v.user == nil {
				return v.Redirect("/sign-in", fiber.StatusSeeOther)
			}
			if !slices.Contains(roles[0], v.user.Role) {
				return model.Errorf(model.Forbidden, "error.not-yours", "your role may not see this page")
			}
			if v.state.Roster == nil {
				return model.Errorf(model.NotFound, "error.no-programme", "no programme is loaded yet")
			}
		}
		return h(v)
	}
}

func (s *Server) visit(c *fiber.Ctx) (*visit, error) {
	v := &visit{Ctx: c, state: s.Programme.State(), session: c.Cookies(s.cookieName()), lang: chooseLanguage(c)}
	u, ok, err := s.Desk.Session(c.Context(), v.session)
	if err != nil {
		return nil, err
	}
	if ok {
		v.user = &u
	} else if v.session == "" || !ok {
		v.session = s.visitorToken(c)
	}
	return v, nil
}

// visitorToken ties the forms of someone not signed in, such as the sign-in
// form itself, to their browser.
func (s *Server) visitorToken(c *fiber.Ctx) string {
	const name = "visitor"
	token := c.Cookies(name)
	if token == "" {
		var b [16]byte
		rand.Read(b[:]) // never fails, says its documentation
		token = hex.EncodeToString(b[:])
		s.setCookie(c, name, token, 24*time.Hour)
	}
	return token
}

func (s *Server) secure() bool { return strings.HasPrefix(s.Base, "https:") }

// cookieName: the __Host- prefix makes browsers insist on Secure and on this
// host alone; without TLS, on a newcomer's own machine, they would refuse it.
func (s *Server) cookieName() string {
	if s.secure() {
		return "__Host-kaskad"
	}
	return "kaskad"
}

func (s *Server) setCookie(c *fiber.Ctx, name, value string, lasts time.Duration) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(lasts.Seconds()),
		HTTPOnly: true, Secure: s.secure(), SameSite: fiber.CookieSameSiteLaxMode})
}

// chooseLanguage is the chosen language, else the browser's first that Kaskad speaks.
func chooseLanguage(c *fiber.Ctx) string {
	if chosen := c.Cookies("lang"); slices.Contains(ui.Languages, chosen) {
		return chosen
	}
	for _, part := range strings.Split(c.Get(fiber.HeaderAcceptLanguage), ",") {
		code, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		code, _, _ = strings.Cut(code, "-")
		if slices.Contains(ui.Languages, code) {
			return code
		}
	}
	return ui.Languages[0]
}

// show renders a page.
func (s *Server) show(v *visit, data any) error {
	frame := s.frame(v)
	frame.Data = data
	return s.send(v, func(b *bytes.Buffer) error { return s.ui.Render(b, frame) })
}

// part renders one block of a page, for partial updates.
func (s *Server) part(v *visit, block string, data any) error {
	frame := s.frame(v)
	frame.Data = data
	return s.send(v, func(b *bytes.Buffer) error { return s.ui.Fragment(b, block, frame) })
}

func (s *Server) send(v *visit, render func(*bytes.Buffer) error) error {
	var b bytes.Buffer
	if err := render(&b); err != nil {
		return err
	}
	v.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return v.Send(b.Bytes())
}

func (s *Server) frame(v *visit) ui.Page {
	p := ui.Page{Lang: v.lang, Path: v.OriginalURL(), CSRF: s.Secret.FormToken(v.session), Flash: s.takeFlash(v)}
	if theme := v.Cookies("theme"); theme == "light" || theme == "dark" {
		p.Theme = theme
	}
	if v.state.Roster != nil {
		p.Programme = v.state.Roster.Problem.Programme.Name
	}
	if v.user != nil {
		p.User = &ui.User{Name: s.nameOf(v, v.user.Person), Role: ui.Role(v.user.Role)}
	}
	return p
}

// nameOf is how a person sees the own name.
func (s *Server) nameOf(v *visit, person string) string {
	if c, ok := s.Programme.People.Contact(person); ok {
		return c.Name()
	}
	if v.user != nil && v.user.Role == model.Coordinator {
		return s.text(v, "role.coordinator")
	}
	return person
}

func (s *Server) text(v *visit, key string, pairs ...any) string {
	return s.ui.Text(v.lang, key, pairs...)
}

// back leads to a page with one sentence about what just happened.
func (s *Server) back(v *visit, path string, kind ui.Kind, text string) error {
	s.setCookie(v.Ctx, "flash", url.QueryEscape(string(kind)+" "+text), time.Minute)
	return v.Redirect(path, fiber.StatusSeeOther)
}

func (s *Server) takeFlash(v *visit) *ui.Flash {
	raw := v.Cookies("flash")
	if raw == "" {
		return nil
	}
	s.setCookie(v.Ctx, "flash", "", -time.Hour)
	text, err := url.QueryUnescape(raw)
	kind, sentence, ok := strings.Cut(text, " ")
	if err != nil || !ok {
		return nil
	}
	return &ui.Flash{Kind: ui.Kind(kind), Text: sentence}
}

// number gives every request an id that its error page and the log both show.
func (s *Server) number(c *fiber.Ctx) error {
	var b [6]byte
	rand.Read(b[:]) // never fails, says its documentation
	c.Locals("request", hex.EncodeToString(b[:]))
	return c.Next()
}

var statusOf = map[model.Code]int{
	model.Invalid: fiber.StatusUnprocessableEntity, model.NotFound: fiber.StatusNotFound, model.Conflict: fiber.StatusConflict,
	model.Forbidden: fiber.StatusForbidden, model.Unauthenticated: fiber.StatusForbidden,
	model.Infeasible: fiber.StatusConflict, model.Unavailable: fiber.StatusServiceUnavailable,
}

// sentence is what a refused command tells its giver, in their language.
func (s *Server) sentence(v *visit, err error) (string, bool) {
	var e *model.Error
	if !errors.As(err, &e) {
		return "", false
	}
	pairs := []any{}
	for i, arg := range e.Args {
		pairs = append(pairs, string(rune('a'+i)), arg)
	}
	text := s.text(v, e.Key, pairs...)
	if text == e.Key {
		text = e.Text
	}
	return text, true
}

// fail turns an error into a page. What is not meant for users is logged whole
// and shown as one sentence with the request's id.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	id, _ := c.Locals("request").(string)
	v := &visit{Ctx: c, state: s.Programme.State(), lang: chooseLanguage(c)}
	if known, e := s.visit(c); e == nil {
		v = known
	}
	page := ui.ErrorPage{Status: fiber.StatusInternalServerError, RequestID: id}
	var fe *fiber.Error
	switch code := model.CodeOf(err); {
	case code != "":
		page.Status = statusOf[code]
		page.Detail, _ = s.sentence(v, err)
	case errors.As(err, &fe) && fe.Code < 500:
		page.Status = fe.Code
	}
	if page.Status >= 500 {
		s.Log.Error("request failed", "request", id, "method", c.Method(), "route", c.Route().Path, "error", err)
	}
	c.Status(page.Status)
	return s.show(v, page)
}

func (s *Server) notFound(c *fiber.Ctx) error { return fiber.ErrNotFound }
