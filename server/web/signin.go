package web

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/calendar"
	"kaskad/server/mail"
	"kaskad/ui"
)

// home leads to where one's work is.
func (s *Server) home(v *visit) error {
	switch {
	case v.user == nil:
		return v.Redirect("/sign-in", fiber.StatusSeeOther)
	case v.user.Role == model.Coordinator:
		return v.Redirect("/overview", fiber.StatusSeeOther)
	}
	return v.Redirect("/my", fiber.StatusSeeOther)
}

func (s *Server) signIn(v *visit) error { return s.show(v, ui.SignIn{Files: s.MailDir}) }

const (
	// answerAfter is how long asking for a link takes, whoever asks.
	answerAfter = 300 * time.Millisecond
	// letterPatience bounds the mailing of one link.
	letterPatience = 30 * time.Second
)

// sendLink mails a one-time link. The answer and the time it takes are the same
// for unknown addresses, and when the mail does not leave: who takes part is
// nobody else's business (ASVS 6.3.8).
func (s *Server) sendLink(v *visit) error {
	email := strings.TrimSpace(v.FormValue("email"))
	if !strings.Contains(email, "@") || len(email) > 254 {
		v.Status(fiber.StatusUnprocessableEntity)
		return s.show(v, ui.SignIn{Email: email, Error: s.text(v, "sign-in.bad-email"), Files: s.MailDir})
	}
	answer := time.NewTimer(answerAfter)
	if user, contact, ok := s.find(email); ok && s.limit.allow(strings.ToLower(email)) {
		s.letters.Go(func() { s.mailLink(user, contact) })
	}
	<-answer.C
	return s.show(v, ui.SignIn{Email: email, Sent: true, Files: s.MailDir})
}

// find is who an address signs in as.
func (s *Server) find(email string) (auth.User, model.Contact, bool) {
	if slices.ContainsFunc(s.Coordinators, func(c string) bool { return strings.EqualFold(c, email) }) {
		contact, ok := s.Programme.People.ByEmail(email)
		if !ok {
			contact = model.Contact{Email: email, Language: ui.Languages[0]}
		}
		return auth.User{Person: s.coordinatorID(email), Role: model.Coordinator}, contact, true
	}
	contact, ok := s.Programme.People.ByEmail(email)
	if !ok {
		return auth.User{}, model.Contact{}, false
	}
	return auth.User{Person: contact.ID, Role: s.RoleOf(contact.ID)}, contact, true
}

// RoleOf is a person's role by the roster.
func (s *Server) RoleOf(person string) model.Role {
	if r := s.Programme.State().Roster; r != nil {
		if x := r.People[person]; x != nil && x.Leads != nil {
			return model.Leader
		}
	}
	return model.Staff
}

// mailLink makes a link and mails it; whoever waits for it asks again when it
// does not come.
func (s *Server) mailLink(user auth.User, contact model.Contact) {
	ctx, cancel := context.WithTimeout(s.life, letterPatience)
	defer cancel()
	token, err := s.Desk.Link(ctx, user, auth.MailedLink)
	if err == nil {
		err = s.Mail.Send(ctx, s.linkLetter(token, contact))
	}
	if err != nil {
		s.Log.Error("sign-in link not mailed", "person", user.Person, "error", err)
	}
}

func (s *Server) linkLetter(token string, contact model.Contact) mail.Message {
	t := func(key string, pairs ...any) string { return s.ui.Text(contact.Language, key, pairs...) }
	to := calendar.Party{Email: contact.Email}
	if !contact.Protected { // mail is open to read on its way
		to.Name = strings.TrimSpace(contact.Name())
	}
	return mail.Message{
		ID: "sign-in-" + token[:12], From: s.From, To: to, Date: s.Programme.Now(),
		Subject: t("mail.sign-in.subject"), Text: t("mail.sign-in.text", "link", s.Base+"/sign-in/"+token),
	}
}

// confirmLink shows a button: mail scanners follow links, and must not use them up.
func (s *Server) confirmLink(v *visit) error {
	token := v.Params("token")
	user, works, err := s.Desk.LinkUser(v.UserContext(), token)
	if err != nil {
		return err
	}
	page := ui.SignInConfirm{Token: token, Used: !works, Name: s.shownName(v, user.Person)}
	if user.Role == model.Coordinator {
		page.Name = s.text(v, "role.coordinator")
	}
	return s.show(v, page)
}

func (s *Server) useLink(v *visit) error {
	session, _, err := s.Desk.SignIn(v.UserContext(), v.Params("token"))
	if model.CodeOf(err) == model.Unauthenticated {
		v.Status(fiber.StatusForbidden)
		return s.show(v, ui.SignInConfirm{Used: true})
	}
	if err != nil {
		return err
	}
	if v.user != nil { // ASVS 7.2.4: the session before ends
		if err := s.Desk.SignOut(v.UserContext(), v.session); err != nil {
			s.Log.Error("earlier session not ended", "error", err)
		}
	}
	s.setCookie(v.Ctx, s.cookieName(sessionCookie), session, auth.SessionLength)
	return v.Redirect("/", fiber.StatusSeeOther)
}

func (s *Server) signOut(v *visit) error {
	if err := s.Desk.SignOut(v.UserContext(), v.session); err != nil {
		return err
	}
	s.setCookie(v.Ctx, s.cookieName(sessionCookie), "", -time.Hour)
	return v.Redirect("/sign-in", fiber.StatusSeeOther)
}

// preferences keeps language, theme and whether the first steps are shown in cookies of their own.
func (s *Server) preferences(v *visit) error {
	if lang := v.FormValue("lang"); slices.Contains(ui.Languages, lang) {
		s.setCookie(v.Ctx, "lang", lang, 365*24*time.Hour)
	}
	if theme := v.FormValue("theme"); slices.Contains([]string{"auto", "light", "dark"}, theme) {
		s.setCookie(v.Ctx, "theme", theme, 365*24*time.Hour)
	}
	if guide := v.FormValue("guide"); guide == "on" || guide == "off" {
		s.setCookie(v.Ctx, guideCookie, guide, 365*24*time.Hour)
	}
	if keys := v.FormValue("keys"); keys == "on" || keys == "off" {
		s.setCookie(v.Ctx, keysCookie, keys, 365*24*time.Hour)
	}
	return v.Redirect(ownPath(v.FormValue("back")), fiber.StatusSeeOther)
}

// ownPath is an address on this server, "/" for anything else. Browsers read a
// backslash as a slash and drop tabs, so "/\t/evil" is another server;
// url.Parse refuses control characters.
func ownPath(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(address, "/") ||
		strings.HasPrefix(address, "//") || strings.Contains(address, "\\") {
		return "/"
	}
	return address
}

// reviewed is when the statement was last held against the pages.
var reviewed = time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC)

func (s *Server) accessibility(v *visit) error {
	return s.show(v, ui.Accessibility{Contact: s.From.Email, Reviewed: reviewed})
}

// limiter lets a key through a few times in a while: by address, not by
// network, for a whole hospital sits behind one.
type limiter struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[string][]time.Time
}

const (
	limitTimes  = 5
	limitWindow = 15 * time.Minute
	limitKeys   = 10_000
)

func (l *limiter) allow(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.seen == nil || len(l.seen) > limitKeys {
		l.seen = map[string][]time.Time{}
	}
	recent := slices.DeleteFunc(l.seen[key], func(t time.Time) bool { return now.Sub(t) > limitWindow })
	if len(recent) >= limitTimes {
		l.seen[key] = recent
		return false
	}
	l.seen[key] = append(recent, now)
	return true
}
