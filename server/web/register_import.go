package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/demo"
	"kaskad/server/programme"
	"kaskad/server/roster"
	"kaskad/server/store"
	"kaskad/ui"
)

// previewed is how many of each kind a preview lists.
const previewed = 100

func (s *Server) importPage(v *visit) error { return s.show(v, ui.Import{}) }

// uploadRoster lays a file down and leads to what it would change.
func (s *Server) uploadRoster(v *visit) error {
	refuse := func(err error) error {
		sentence, ok := s.sentence(v, err)
		if !ok {
			return err
		}
		v.Status(fiber.StatusUnprocessableEntity)
		return s.show(v, ui.Import{Error: sentence})
	}
	header, err := v.FormFile("file")
	if err != nil {
		return refuse(model.Errorf(model.Invalid, "import.no-file", "choose a file"))
	}
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	if _, err := roster.Read(data); err != nil {
		return refuse(err)
	}
	token := programme.StageID(s.Programme.Now(), store.NewNonce())
	if err := s.Programme.KeepUpload(v.UserContext(), token, data); err != nil {
		return err
	}
	return v.Redirect("/people/import/"+url.PathEscape(token), fiber.StatusSeeOther)
}

// Register is what a file is compared with: the programme as it stands.
func Register(p *programme.Service, secret auth.Secret) roster.Register {
	state := p.State()
	r := roster.Register{Problem: state.Loaded(), Contact: p.People.Contact, Pseudonym: secret.Pseudonym, Now: p.Now(), Zone: state.Roster.Zone}
	for _, m := range demo.Municipalities() {
		r.Areas = append(r.Areas, roster.Area{Code: m.Code, Name: m.Name, Lat: m.Lat, Lon: m.Lon})
	}
	seated := map[string]bool{}
	for _, x := range state.Seminars {
		for _, person := range slices.Concat(x.Attendees, x.Leaders, x.Absent) {
			seated[person] = true
		}
	}
	r.Seated = func(person string) bool { return seated[person] }
	return r
}

// preview is a laid-down file as the visitor has chosen to read it.
type preview struct {
	sheet   *roster.Sheet
	options roster.Options
	found   *roster.Comparison
	base    uint64 // Seq of the State it was compared with
}

func (s *Server) preview(v *visit, value func(name string) string) (*preview, error) {
	data, err := s.Programme.Upload(v.UserContext(), v.param("token"))
	if err != nil {
		return nil, err
	}
	p := &preview{base: v.state.Seq}
	if p.sheet, err = roster.Read(data); err != nil {
		return nil, err
	}
	p.options = roster.Options{Columns: p.sheet.Guess(), Complete: value("complete") != ""}
	if value("chosen") != "" || value("sum") != "" {
		for i := range p.options.Columns {
			if p.options.Columns[i] = roster.Meaning(value(fmt.Sprintf("c%d", i))); !slices.Contains(roster.Meanings(), p.options.Columns[i]) {
				p.options.Columns[i] = roster.Ignored
			}
		}
	}
	p.found, err = roster.Compare(Register(s.Programme, s.Secret), p.sheet, p.options)
	return p, err
}

// sum stands for everything a comparison would do: two that do the same have the same.
func (p *preview) sum() (string, error) {
	data, err := json.Marshal([]any{p.found.Amendment, p.found.Contacts, p.found.Leaving})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// previewRoster shows what a file would change.
func (s *Server) previewRoster(v *visit) error {
	p, err := s.preview(v, func(name string) string { return v.Query(name) })
	return s.showPreview(v, p, err)
}

func (s *Server) showPreview(v *visit, p *preview, problem error) error {
	if p == nil || p.sheet == nil {
		return problem
	}
	page := ui.ImportPreview{Token: v.param("token"), Kind: p.sheet.Kind, Separator: p.sheet.Separator, Rows: len(p.sheet.Rows),
		HeaderLine: p.sheet.HeaderLine, Complete: p.options.Complete}
	for _, m := range roster.Meanings() {
		page.Meanings = append(page.Meanings, ui.Option{Value: string(m), Label: s.named(v, "import.means", string(m))})
	}
	for i, heading := range p.sheet.Header {
		page.Columns = append(page.Columns, ui.ImportColumn{Index: i, Heading: heading, Meaning: string(p.options.Columns[i]), Samples: p.samples(i)})
	}
	if problem != nil {
		sentence, ok := s.sentence(v, problem)
		if !ok {
			return problem
		}
		page.Error = sentence
		v.Status(fiber.StatusUnprocessableEntity)
	}
	if c := p.found; c != nil {
		var err error
		if page.Sum, err = p.sum(); err != nil {
			return err
		}
		s.fillPreview(v, &page, c)
	}
	return s.show(v, page)
}

func (s *Server) fillPreview(v *visit, page *ui.ImportPreview, c *roster.Comparison) {
	page.New, page.NewN = importRows(c.New), len(c.New)
	page.Changed, page.ChangedN = importRows(c.Changed), len(c.Changed)
	page.Gone, page.GoneN = importRows(c.Gone), len(c.Gone)
	page.Same, page.UnitsN = c.Same, len(c.Units)
	for _, u := range c.Units[:min(len(c.Units), previewed)] {
		page.Units = append(page.Units, u.Name+", "+s.areaName(u.Area)+", "+s.sectorName(v, u.Sector))
	}
	for _, f := range c.Faults {
		if f.Note {
			page.NoteN++
		} else {
			page.FaultN++
		}
		if len(page.Faults) < previewed {
			text, _ := s.sentence(v, f.Error)
			page.Faults = append(page.Faults, ui.ImportFault{Line: f.Line, Column: f.Column, Value: f.Value, Text: text, Note: f.Note})
		}
	}
}

func importRows(list []roster.Entry) []ui.ImportRow {
	var rows []ui.ImportRow
	for _, e := range list[:min(len(list), previewed)] {
		row := ui.ImportRow{Line: e.Line, Name: e.Name, Unit: e.Unit}
		for _, c := range e.Changes {
			row.Changes = append(row.Changes, ui.ImportChange(c))
		}
		rows = append(rows, row)
	}
	return rows
}

// samples are a few values of a column, but of personal identity numbers.
func (p *preview) samples(column int) string {
	if p.options.Columns[column] == roster.Number {
		return "••••••-••••"
	}
	var list []string
	for i := range p.sheet.Rows {
		text := p.sheet.Rows[i].Cells[column]
		if text != "" && !slices.Contains(list, text) && !p.hides(i) {
			list = append(list, text)
		}
		if len(list) == 3 || i == previewed {
			break
		}
	}
	return strings.Join(list, " · ")
}

// hides tells whether a row is about a protected identity.
func (p *preview) hides(row int) bool {
	return slices.Contains(p.found.HiddenLines(), p.sheet.Rows[row].Line)
}

// takeRosterIn does exactly what was shown.
func (s *Server) takeRosterIn(v *visit) error {
	p, err := s.preview(v, func(name string) string { return v.FormValue(name) })
	if err != nil {
		return s.showPreview(v, p, err)
	}
	sum, err := p.sum()
	if err != nil {
		return err
	}
	if sum != v.FormValue("sum") {
		return s.showPreview(v, p, model.Errorf(model.Conflict, "error.roster-changed", "the register has been changed since this was looked at; look again"))
	}
	change := model.ImportRoster{Amendment: p.found.Amendment, Base: p.base, Leaving: p.found.Leaving}
	if err := s.Programme.Import(v.UserContext(), v.user.Actor(), change, p.found.Contacts); err != nil {
		return s.showPreview(v, p, err)
	}
	if err := s.Programme.DropUpload(v.UserContext(), v.param("token")); err != nil {
		s.Log.Error("an upload was not deleted; it will be within a day", "error", err)
	}
	return s.back(v, "/people", ui.Success, s.text(v, "import.done", "new", len(p.found.New), "changed", len(p.found.Changed), "gone", len(p.found.Gone)))
}

func (s *Server) dropRoster(v *visit) error {
	if err := s.Programme.DropUpload(v.UserContext(), v.param("token")); err != nil {
		return err
	}
	return s.back(v, "/people/import", ui.Info, s.text(v, "import.dropped"))
}
