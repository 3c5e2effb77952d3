package web

import (
	"net/url"
	"slices"
	"strings"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/ui"
)

// views are the filters the visitor has saved for a list.
func (s *Server) views(v *visit, list ui.RegisterKind) ([]ui.SavedView, error) {
	saved, err := s.Programme.Views(v.UserContext(), v.user.Person, string(list))
	if err != nil {
		return nil, err
	}
	var views []ui.SavedView
	for _, x := range saved {
		views = append(views, ui.SavedView{Name: x.Name, Href: "/" + string(list) + "?" + x.Query})
	}
	return views, nil
}

// viewSent is the view a form is about. Whatever was sent as a query is read
// and written again, so that it can only be one.
func viewSent(v *visit) (programme.View, error) {
	list := ui.RegisterKind(v.FormValue("list"))
	if !slices.Contains(ui.Register{}.Kinds(), list) {
		return programme.View{}, model.Errorf(model.NotFound, "error.404.text", "there is no list %s", list)
	}
	query, err := url.ParseQuery(v.FormValue("query"))
	if err != nil {
		query = url.Values{}
	}
	query.Del("page")
	name := strings.ToValidUTF8(strings.Join(strings.Fields(v.FormValue("name")), " "), "")
	return programme.View{List: string(list), Name: name, Query: query.Encode()}, nil
}

func (s *Server) saveView(v *visit) error {
	view, err := viewSent(v)
	if err != nil {
		return err
	}
	address := "/" + view.List + "?" + view.Query
	if err := s.Programme.SaveView(v.UserContext(), v.user.Person, view); err != nil {
		refused, ok := s.sentence(v, err)
		if !ok {
			return err
		}
		return s.back(v, address, ui.Failure, refused)
	}
	return s.back(v, address, ui.Success, s.text(v, "register.views.saved"))
}

func (s *Server) dropView(v *visit) error {
	view, err := viewSent(v)
	if err != nil {
		return err
	}
	if err := s.Programme.DropView(v.UserContext(), v.user.Person, view); err != nil {
		return err
	}
	return s.backUndoing(v, "/"+view.List+"?"+view.Query, s.text(v, "register.views.dropped"), undoesView)
}

// undropView puts back the view that the visitor has removed last.
func (s *Server) undropView(v *visit) error {
	view, err := s.Programme.UndropView(v.UserContext(), v.user.Person)
	refused, known := s.sentence(v, err)
	switch {
	case known:
		return s.back(v, s.backToList(v), ui.Failure, refused)
	case err != nil:
		return err
	}
	return s.back(v, "/"+view.List+"?"+view.Query, ui.Success, s.text(v, "register.views.back"))
}

// backToList is the list a form came from.
func (s *Server) backToList(v *visit) string {
	if list := ui.RegisterKind(v.FormValue("list")); slices.Contains(ui.Register{}.Kinds(), list) {
		return "/" + string(list)
	}
	return "/people"
}
