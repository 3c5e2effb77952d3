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
	"unicode/utf8"

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
	told    bool // the page itself says what others changed first
}

// noStore: pages hold personal data, and a page kept for the back button would
// keep its stream open.
const noStore = "no-store"

// param is a part of the address, as text: ids are anything people write.
func (v *visit) param(name string) string {
	raw := v.Params(name)
	if text, err := url.PathUnescape(raw); err == nil {
		return text
	}
	return raw
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
		c.Set(fiber.HeaderCacheControl, noStore)
		if c.Method() == fiber.MethodPost && !s.Secret.FormTokenFits(v.session, c.FormValue("csrf")) {
			return model.Errorf(model.Forbidden, "error.form-token", "the form is too old; load the page again")
		}
		if len(roles) > 0 {
			if v.user == nil && wantsJSON(v) {
				return model.Errorf(model.Unauthenticated, "error.signed-out", "sign in first")
			}
			if v.user == nil {
				return v.Redirect("/sign-in", fiber.StatusSeeOther)
			}
			if !slices.Contains(roles[0], v.user.Role) {
				return model.Errorf(model.Forbidden, "error.not-yours", "your role may not see this page")
			}
			if v.state.Roster == nil {
				return model.Errorf(model.NotFound, "error.no-programme", "no programme is loaded yet")
			}
			if v.user.Role == model.Coordinator {
				s.looked.Store(s.Programme.Now().UnixNano())
			}
		}
		return h(v)
	}
}

func (s *Server) visit(c *fiber.Ctx) (*visit, error) {
	v := &visit{Ctx: c, state: s.Programme.State(), session: c.Cookies(s.cookieName(sessionCookie)), lang: chooseLanguage(c)}
	u, ok, err := s.Desk.Session(c.UserContext(), v.session)
	if err != nil {
		return nil, model.Errorf(model.Unavailable, "error.503.text", "the store does not answer: %v", err)
	}
	if ok {
		v.user = s.present(u)
	}
	if v.user == nil {
		v.session = s.visitorToken(c)
	}
	return v, nil
}

// present is a session's user with the role they have today: roles come from
// the roster and the settings, never from the day somebody signed in (ASVS
// 8.3.1). Nil for people who have left.
func (s *Server) present(u auth.User) *auth.User {
	if u.Role == model.Coordinator {
		if !s.coordinates(u.Person) {
			return nil
		}
		return &u
	}
	r := s.Programme.State().Roster
	_, known := s.Programme.People.Contact(u.Person)
	if !known && (r == nil || r.People[u.Person] == nil) {
		return nil
	}
	u.Role = s.RoleOf(u.Person)
	return &u
}

// owner is the coordinator who signs in with the link on the server's own terminal.
const owner = "coordinator"

func (s *Server) coordinates(person string) bool {
	return person == owner || slices.ContainsFunc(s.Coordinators, func(email string) bool { return s.coordinatorID(email) == person })
}

// coordinatorID is the person a coordinator's address stands for: somebody of
// the programme, or a name the journal may keep for ever.
func (s *Server) coordinatorID(email string) string {
	if contact, ok := s.Programme.People.ByEmail(email); ok {
		return contact.ID
	}
	return s.Secret.Pseudonym(email)
}

// visitorToken ties the forms of someone not signed in, such as the sign-in
// form itself, to their browser.
func (s *Server) visitorToken(c *fiber.Ctx) string {
	name := s.cookieName(visitorCookie)
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

const sessionCookie, visitorCookie, flashCookie = "kaskad", "visitor", "flash"

// cookieName: the __Host- prefix makes browsers insist on Secure and on this
// host alone; without TLS, on a newcomer's own machine, they would refuse it.
func (s *Server) cookieName(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
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
		if code == "no" || code == "nn" { // Norwegian of either kind: there is one that we speak
			code = "nb"
		}
		if slices.Contains(ui.Languages, code) {
			return code
		}
	}
	return ui.Languages[0]
}

// show renders a page.
func (s *Server) show(v *visit, data any) error {
	frame := s.frame(v)
	frame.Data, frame.Flash = data, s.takeFlash(v)
	v.Vary(fiber.HeaderAccept)
	if wantsJSON(v) {
		return s.showJSON(v, frame)
	}
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
	page := b.Bytes()
	if !utf8.Valid(page) { // a page may quote the address it was asked at
		page = bytes.ToValidUTF8(page, []byte("\uFFFD"))
	}
	v.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return v.Send(page)
}

func (s *Server) frame(v *visit) ui.Page {
	p := ui.Page{Lang: v.lang, Path: v.place(), CSRF: s.Secret.FormToken(v.session)}
	if theme := v.Cookies("theme"); theme == "light" || theme == "dark" {
		p.Theme = theme
	}
	if v.state.Roster != nil {
		p.Programme = v.state.Roster.Problem.Programme.Name
	}
	p.Keys = v.Cookies(keysCookie) != "off"
	if v.user != nil {
		p.User = &ui.User{Name: s.nameOf(v, v.user.Person), Role: ui.Role(v.user.Role)}
		if v.user.Role == model.Coordinator {
			p.Revision, p.News = v.state.Seq, s.newsOfConflict(v)
		}
	}
	return p
}

// place is where the visitor is: the address, or the page a form was sent from,
// for many forms go to addresses that show nothing by themselves.
func (v *visit) place() string {
	if v.Method() != fiber.MethodPost {
		return v.OriginalURL()
	}
	from, err := url.Parse(v.Get(fiber.HeaderReferer))
	if err != nil {
		return "/"
	}
	return ownPath(from.RequestURI())
}

// nameOf is how a person sees the own name.
func (s *Server) nameOf(v *visit, person string) string {
	if c, ok := s.Programme.People.Contact(person); ok {
		return c.Name()
	}
	if v.user != nil && v.user.Role == model.Coordinator {
		return s.actorName(v, person)
	}
	return person
}

func (s *Server) text(v *visit, key string, pairs ...any) string {
	return s.ui.Text(v.lang, key, pairs...)
}

// longestFlash keeps a cookie, in which a letter may take nine bytes, well
// under the 4096 that browsers keep.
const longestFlash = 300

// back leads to a page with one sentence about what just happened. The
// sentence is signed: a page must not say what somebody else has put there.
func (s *Server) back(v *visit, path string, kind ui.Kind, text string) error {
	return s.lead(v, path, kind, text, "")
}

// undoesView names, in place of a step, the view that the visitor has removed last.
const undoesView = "view"

// backUndoing is back with a button that undoes what was done: a step, or undoesView.
func (s *Server) backUndoing(v *visit, path, text, step string) error {
	return s.lead(v, path, ui.Success, text, step)
}

// lead leads to a page. The cookie is the kind, what its button undoes after a
// stroke, a space, and the sentence.
func (s *Server) lead(v *visit, path string, kind ui.Kind, text, undoes string) error {
	if len(text) > longestFlash { // a sentence may quote what was sent
		text = strings.ToValidUTF8(text[:longestFlash], "") + "…"
	}
	if wantsJSON(v) {
		return v.JSON(apiDone{apiMessage{kind, text}, path})
	}
	if undoes != "" {
		kind += ui.Kind("|" + undoes)
	}
	signed := s.Secret.Sign(v.session, string(kind)+" "+text)
	s.setCookie(v.Ctx, s.cookieName(flashCookie), url.QueryEscape(signed), time.Minute)
	return v.Redirect(path, fiber.StatusSeeOther)
}

func (s *Server) takeFlash(v *visit) *ui.Flash {
	raw := v.Cookies(s.cookieName(flashCookie))
	if raw == "" {
		return nil
	}
	s.setCookie(v.Ctx, s.cookieName(flashCookie), "", -time.Hour)
	signed, err := url.QueryUnescape(raw)
	if err != nil {
		return nil
	}
	text, ours := s.Secret.Signed(v.session, signed)
	kind, sentence, ok := strings.Cut(text, " ")
	if !ours || !ok {
		return nil
	}
	kind, undoes, _ := strings.Cut(kind, "|")
	return &ui.Flash{Kind: ui.Kind(kind), Text: sentence, Undo: s.flashUndo(v, undoes)}
}

// flashUndo is the button beside a sentence about what was done; nil when there is
// nothing to undo, or not any more.
func (s *Server) flashUndo(v *visit, undoes string) *ui.FlashUndo {
	switch {
	case undoes == "" || v.user == nil:
		return nil
	case undoes == undoesView:
		return &ui.FlashUndo{Action: "/people/views/undo"}
	}
	e := v.state.EditOf(undoes)
	switch {
	case e == nil:
		return nil
	case s.shownFirst(v, e):
		return &ui.FlashUndo{Href: undoAddress(e.ID)}
	}
	return &ui.FlashUndo{Action: "/changes/undo", Step: e.ID}
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
		pairs = append(pairs, string(rune('a'+i)), s.shownArg(v, arg))
	}
	text := s.text(v, e.Key, pairs...)
	if text == e.Key {
		text = e.Text
	}
	return text, true
}

// fail turns an error into a page. What is not meant for users is logged whole
// and shown as one sentence with the request's id.
//
// It sets the headers itself: a request that cannot be read fails before any
// of our own code has seen it.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	s.setHeaders(c)
	c.Set(fiber.HeaderCacheControl, noStore)
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
	if page.Status == fiber.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, "60")
	}
	c.Status(page.Status)
	return s.show(v, page)
}

func (s *Server) notFound(c *fiber.Ctx) error { return fiber.ErrNotFound }
