package web

import (
	"sync"
	"time"

	"slices"
	"strings"

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

// sendLink mails a one-time link. The answer is the same for unknown
// addresses: who takes part is nobody else's business (ASVS 6.3.8).
func (s *Server) sendLink(v *visit) error {
	email := strings.TrimSpace(v.FormValue("email"))
	if !strings.Contains(email, "@") || len(email) > 254 {
		v.Status(fiber.StatusUnprocessableEntity)
		return s.show(v, ui.SignIn{Email: email, Error: s.text(v, "sign-in.bad-email"), Files: s.MailDir})
	}
	if user, contact, ok := s.find(email); ok && s.limit.allow(strings.ToLower(email)) {
		if err := s.mailLink(v, user, contact); err != nil {
			return err
		}
	}
	return s.show(v, ui.SignIn{Email: email, Sent: true, Files: s.MailDir})
}

// find is who an address signs in as.
func (s *Server) find(email string) (auth.User, model.Contact, bool) {
	if slices.ContainsFunc(s.Coordinators, func(c string) bool { return strings.EqualFold(c, email) }) {
		return auth.User{Person: strings.ToLower(email), Role: model.Coordinator}, model.Contact{Email: email, Language: "sv"}, true
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

func (s *Server) mailLink(v *visit, user auth.User, contact model.Contact) error {
	token, err := s.Desk.Link(v.Context(), user, auth.MailedLink)
	if err != nil {
		return err
	}
	link := s.Base + "/sign-in/" + token
	t := func(key string, pairs ...any) string { return s.ui.Text(contact.Language, key, pairs...) }
	err = s.Mail.Send(v.Context(), mail.Message{
		ID: "sign-in-" + token[:12], From: s.From, To: calendar.Party{Name: contact.Name(), Email: contact.Email},
		Subject: t("mail.sign-in.subject"), Text: t("mail.sign-in.text", "link", link), Date: s.Programme.Now(),
	})
	if err != nil {
		s.Log.Error("sign-in link not mailed", "error", err)
		return model.Errorf(model.Unavailable, "error.mail-down", "the mail could not be sent; try again in a while")
	}
	return nil
}

// confirmLink shows a button: mail scanners follow links, and must not use them up.
func (s *Server) confirmLink(v *visit) error {
	token := v.Params("token")
	return s.show(v, ui.SignInConfirm{Token: token, Used: !s.Desk.LinkWorks(v.Context(), token)})
}

func (s *Server) useLink(v *visit) error {
	session, _, err := s.Desk.SignIn(v.Context(), v.Params("token"))
	if model.CodeOf(err) == model.Unauthenticated {
		v.Status(fiber.StatusForbidden)
		return s.show(v, ui.SignInConfirm{Used: true})
	}
	if err != nil {
		return err
	}
	s.setCookie(v.Ctx, s.cookieName(), session, auth.SessionLength)
	return v.Redirect("/", fiber.StatusSeeOther)
}

func (s *Server) signOut(v *visit) error {
	if err := s.Desk.SignOut(v.Context(), v.session); err != nil {
		return err
	}
	s.setCookie(v.Ctx, s.cookieName(), "", -time.Hour)
	return v.Redirect("/sign-in", fiber.StatusSeeOther)
}

// preferences keeps language and theme in cookies of their own.
func (s *Server) preferences(v *visit) error {
	if lang := v.FormValue("lang"); slices.Contains(ui.Languages, lang) {
		s.setCookie(v.Ctx, "lang", lang, 365*24*time.Hour)
	}
	if theme := v.FormValue("theme"); slices.Contains([]string{"auto", "light", "dark"}, theme) {
		s.setCookie(v.Ctx, "theme", theme, 365*24*time.Hour)
	}
	back := v.FormValue("back")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, "\\") {
		back = "/"
	}
	return v.Redirect(back, fiber.StatusSeeOther)
}

func (s *Server) accessibility(v *visit) error {
	return s.show(v, ui.Accessibility{Contact: s.From.Email})
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
