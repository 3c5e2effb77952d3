package web

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/jobs"
	"kaskad/ui"
)

// shownChanges is how many changes a page lists, and shownUnreached how many
// people who cannot be reached.
const shownChanges, shownUnreached = 100, 100

// publishPage shows what publishing a wave would do, before it is done.
func (s *Server) publishPage(v *visit) error {
	page, err := s.publication(v)
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// publish does what the page showed, and only that: the draft's ref and the
// State's revision are sent back with the form.
func (s *Server) publish(v *visit) error {
	page, err := s.publication(v)
	if err != nil {
		return err
	}
	var refused *model.Error
	if v.FormValue("revision") != page.Revision {
		refused = model.Errorf(model.Conflict, "error.publish-changed", "something has changed since you opened this page; look at it once more")
	} else {
		_, err = s.Programme.Do(v.UserContext(), v.user.Actor(), model.Publish{Wave: v.wave(), Draft: v.state.Draft.Ref})
		if err != nil && !errors.As(err, &refused) {
			return err
		}
	}
	if refused != nil {
		page.Error, _ = s.sentence(v, refused)
		v.Status(fiber.StatusConflict)
		return s.show(v, page)
	}
	return s.backUndoing(v, "/waves", s.text(v, "publish.done", "wave", page.WaveName, "n", page.Mails()), s.lastStep(v, model.EditPublish))
}

// wave is the wave an address or a form names; "" is that of units without one.
// It is never a part of the path: ids are anything people write, slashes too.
func (v *visit) wave() string { return v.FormValue("wave") }

func publishAddress(wave string) string {
	return "/waves/publish?" + url.Values{"wave": {wave}}.Encode()
}

func (s *Server) publication(v *visit) (ui.Publish, error) {
	id := v.wave()
	if id != "" && v.state.Roster.Waves[id] == nil {
		return ui.Publish{}, model.Errorf(model.NotFound, "error.no-wave", "there is no wave %s", id)
	}
	if v.state.Draft == nil {
		return ui.Publish{}, model.Errorf(model.NotFound, "error.no-draft", "there is no plan to publish yet")
	}
	b := s.board(v.state)
	page := ui.Publish{WaveID: id, WaveName: s.waveName(v, v.state, id), Wave: b.waves[id], Files: s.MailDir,
		Revision: itoa(int(v.state.Seq)) + "-" + v.state.Draft.Ref[:16]}
	if w := v.state.Roster.Waves[id]; w != nil {
		page.From, page.To = w.From, w.To.Add(-time.Second) // the last day, not the day after
	}
	if e := lastPublication(v.state, id); e != nil {
		page.Last = &ui.PublishBack{Step: e.ID, Who: s.actorName(v, e.By), At: s.ui.When(v.lang, time.UnixMilli(e.At))}
	}
	s.listChanges(v, b, id, &page)
	if err := s.countTold(v, id, &page); err != nil {
		return page, err
	}
	page.Warnings = s.publishWarnings(v, b, id)
	for _, person := range page.Unreached[:min(len(page.Unreached), shownUnreached)] {
		page.Apart = append(page.Apart, s.unreached(v, person))
	}
	return page, nil
}

// unreached is somebody no mail goes to, and where to mend that.
func (s *Server) unreached(v *visit, person string) ui.Notice {
	x := ui.Notice{Kind: ui.Warning, Href: "/people/" + url.PathEscape(person), Link: s.shownName(v, person), Text: s.text(v, "publish.no-address")}
	if contact, _ := s.Programme.People.Contact(person); contact.Protected { // nor is said where they work
		x.Text = s.text(v, "publish.is-protected")
		return x
	}
	if who := v.state.Roster.People[person]; who != nil {
		x.Text = v.state.Roster.Units[who.Unit].Name + ". " + x.Text
	}
	return x
}

// listChanges puts the difference in words, seminar by seminar, a page at a time:
// nothing is published that could not be read before.
func (s *Server) listChanges(v *visit, b *board, wave string, page *ui.Publish) {
	page.First = true
	var changed []*card
	for i := range b.seminars {
		c := &b.seminars[i]
		if c.Wave != wave {
			continue
		}
		if c.Before != nil {
			page.First = false
		}
		switch c.Standing {
		case model.AsPublished:
			page.Unchanged++
			continue
		case model.Drafted:
			page.New++
		case model.ToChange:
			page.Moved++
		case model.ToCancel:
			page.Cancelled++
		}
		changed = append(changed, c)
	}
	page.Pager, changed = pagedBy(v, changed, shownChanges)
	for _, c := range changed {
		page.Changes = append(page.Changes, s.changeOf(v, b, c))
	}
}

// changeOf says of one seminar what publishing does to it, and for how many.
func (s *Server) changeOf(v *visit, b *board, c *card) ui.Change {
	row := s.row(v, b, c)
	x := ui.Change{Kind: "new", People: len(c.Attendees) + len(c.Leaders), Href: "/seminars/" + url.PathEscape(c.ID),
		Text: s.text(v, "publish.change", "module", row.Module, "when", s.ui.When(v.lang, c.start), "venue", row.Venue)}
	switch c.Standing {
	case model.ToChange:
		x.Kind = "moved"
		x.Lines, x.People = s.differences(v, &c.Before.Seminar, &c.Seminar)
	case model.ToCancel:
		x.Kind = "cancelled"
	default:
		x.Lines = []string{s.text(v, "diff.new", "n", len(c.Attendees), "who", s.namesOf(v, c.Leaders))}
	}
	return x
}

// countTold works the publication out on a copy of the State and compares what
// people should be told before and after: exactly what the invite job does.
func (s *Server) countTold(v *visit, wave string, page *ui.Publish) error {
	after, err := s.afterPublishing(v, wave)
	var refused *model.Error
	switch {
	case errors.As(err, &refused):
		if refused.Key != "error.nothing-to-publish" { // the page says that by itself
			page.Error, _ = s.sentence(v, refused)
		}
		return nil
	case err != nil:
		return err
	}
	s.countMails(v.state, after, page)
	return nil
}

// countDecision counts who would be told what by a decision about what is published.
func (s *Server) countDecision(v *visit, decision model.Decision, page *ui.Publish) error {
	after, err := s.enacted(v, decision)
	if err != nil {
		return err
	}
	s.countMails(v.state, after, page)
	return nil
}

// afterPublishing is the State as it would be once a wave is published.
func (s *Server) afterPublishing(v *visit, wave string) (*model.State, error) {
	if v.state.Draft == nil {
		return nil, model.Errorf(model.NotFound, "error.no-draft", "there is no plan to publish yet")
	}
	decision, err := v.state.Decide(v.user.Actor(), model.Publish{Wave: wave, Draft: v.state.Draft.Ref})
	if err != nil {
		return nil, err
	}
	return s.enacted(v, decision)
}

// enacted is the State as a decision would leave it.
func (s *Server) enacted(v *visit, decision model.Decision) (*model.State, error) {
	return v.state.Apply(model.Entry{Seq: v.state.Seq + 1, At: s.Programme.Now().UnixMilli(), Events: decision.Events},
		func(ref string) ([]byte, error) { return decision.Blobs[ref], nil })
}

// countMails counts the mails of a publication by kind, by the same judgement
// the invite job will have, leaving out what waits to be sent already.
func (s *Server) countMails(now, after *model.State, page *ui.Publish) {
	told, unreachable := map[string]bool{}, map[string]bool{}
	for _, n := range s.newMails(now, after) {
		told[n.Person] = true
		switch s.Invites.KindOf(after, n) {
		case jobs.Cancel:
			page.Voids++
		case jobs.Update:
			page.Updates++
		default:
			page.Invites++
		}
	}
	for _, n := range after.Notices() {
		before := now.Seats[n.SeatKey]
		if n.Generation < len(before) && before[n.Generation] == n.Seat || s.silent(after, n) {
			continue
		}
		if contact, _ := s.Programme.People.Contact(n.Person); !calendar.MayMail(contact) {
			unreachable[n.Person] = true
		}
	}
	page.People, page.Unreachable = len(told), len(unreachable)
	page.Unreached = slices.Sorted(maps.Keys(unreachable))
	_, page.Finished = s.Invites.Waiting(page.Mails())
	page.Slow = s.slow(page.Finished)
}

// newMails are the notices to be mailed after a change that are not now.
func (s *Server) newMails(now, after *model.State) []model.Notice {
	already := map[model.Notice]bool{}
	for _, n := range s.Invites.Pending(now) {
		already[n] = true
	}
	return slices.DeleteFunc(s.Invites.Pending(after), func(n model.Notice) bool { return already[n] })
}

// silent tells whether nobody is told of a notice because its seminar is over.
func (s *Server) silent(state *model.State, n model.Notice) bool {
	_, end := state.Roster.Span(&state.Seminars[n.Seminar].Seminar)
	return !end.After(s.Programme.Now())
}

// publishWarnings says what a coordinator should know before publishing.
func (s *Server) publishWarnings(v *visit, b *board, wave string) []ui.Notice {
	var list []ui.Notice
	warn := func(key string, n int) {
		if n > 0 {
			list = append(list, ui.Notice{Kind: ui.Warning, Text: s.text(v, key, "n", n)})
		}
	}
	unmet := 0
	r := v.state.Roster
	for _, u := range v.state.Draft.Plan.Unmet {
		if r.Units[r.People[u.Person].Unit].Wave == wave {
			unmet++
		}
	}
	oneSided, untrained := 0, map[string]bool{}
	for i := range b.seminars {
		c := &b.seminars[i]
		if c.Wave != wave || c.Standing == model.ToCancel {
			continue
		}
		if len(c.sectors) < 2 {
			oneSided++
		}
		for _, l := range c.Leaders {
			if s.trainedElsewhere(v, b, l, c, wave) {
				untrained[l] = true
			}
		}
	}
	warn("publish.warn-unmet", unmet)
	warn("publish.warn-one-sector", oneSided)
	warn("publish.warn-leaders", len(untrained))
	return list
}

// trainedElsewhere tells whether a leader's own training in the module is in
// another wave that nobody has been told of yet.
func (s *Server) trainedElsewhere(v *visit, b *board, leader string, c *card, wave string) bool {
	who := v.state.Roster.People[leader]
	if who == nil || who.Tier == "" || !slices.Contains(v.state.Roster.Needs(who), c.Module) {
		return false
	}
	for i := range b.seminars {
		x := &b.seminars[i]
		if x.Tier == who.Tier && x.Module == c.Module && slices.Contains(x.Attendees, leader) {
			return x.Wave != wave && x.Before == nil
		}
	}
	return true
}
