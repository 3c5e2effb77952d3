package programme

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"kaskad/model"
	"kaskad/server/store"
)

// viewBucket holds the named filters that coordinators have saved, one record
// each: two who save at once never overwrite one another.
const viewBucket = "views"

// View is a named filter of a list.
type View struct {
	List  string `json:"list"`  // "people", "leaders", "units" or "venues"
	Name  string `json:"name"`  // as its owner calls it
	Query string `json:"query"` // as the list's address has it
}

const (
	mostViews   = 30   // of one owner and list
	longestName = 60   // of a view, in bytes
	longestAsk  = 1000 // of a query, in bytes
)

func viewKey(owner string, v View) string {
	return url.PathEscape(owner) + "/" + v.List + "/" + url.PathEscape(v.Name)
}

// Views lists the views of one owner and list, by name.
func (s *Service) Views(ctx context.Context, owner, list string) ([]View, error) {
	var views []View
	err := s.store.All(ctx, viewBucket, func(key string, doc []byte) error {
		if !strings.HasPrefix(key, url.PathEscape(owner)+"/"+list+"/") {
			return nil
		}
		var v View
		if err := json.Unmarshal(doc, &v); err != nil {
			return fmt.Errorf("view %s: %w", key, err)
		}
		views = append(views, v)
		return nil
	})
	slices.SortFunc(views, func(a, b View) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return views, err
}

// SaveView keeps a view under its name, in place of one of the same name.
func (s *Service) SaveView(ctx context.Context, owner string, v View) error {
	if v.Name == "" || len(v.Name) > longestName || len(v.Query) > longestAsk {
		return model.Errorf(model.Invalid, "register.views.bad-name", "a view needs a name of at most %d characters", longestName)
	}
	views, err := s.Views(ctx, owner, v.List)
	if err != nil {
		return err
	}
	if len(views) >= mostViews && !slices.ContainsFunc(views, func(x View) bool { return x.Name == v.Name }) {
		return model.Errorf(model.Conflict, "register.views.full", "at most %d views are kept; remove one first", mostViews)
	}
	doc, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.store.Put(ctx, viewBucket, viewKey(owner, v), doc)
}

// droppedBucket holds the view that each owner has taken away last.
const droppedBucket = "dropped-views"

// DropView takes a view away; UndropView puts it back.
func (s *Service) DropView(ctx context.Context, owner string, v View) error {
	doc, err := s.store.Get(ctx, viewBucket, viewKey(owner, v))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.store.Put(ctx, droppedBucket, url.PathEscape(owner), doc); err != nil {
		return err
	}
	return s.store.Delete(ctx, viewBucket, viewKey(owner, v))
}

// UndropView puts back the view that its owner has taken away last. Conflict when
// there is another of its name by now.
func (s *Service) UndropView(ctx context.Context, owner string) (View, error) {
	var v View
	doc, err := s.store.Get(ctx, droppedBucket, url.PathEscape(owner))
	if errors.Is(err, store.ErrNotFound) {
		return v, model.Errorf(model.NotFound, "error.no-edit", "this change is too old to be undone")
	}
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(doc, &v); err != nil {
		return v, fmt.Errorf("dropped view of %s: %w", owner, err)
	}
	views, err := s.Views(ctx, owner, v.List)
	if err != nil {
		return v, err
	}
	if slices.ContainsFunc(views, func(x View) bool { return x.Name == v.Name }) {
		return v, model.Errorf(model.Conflict, "register.views.taken", "there is another view of the name %s by now", v.Name)
	}
	if err := s.SaveView(ctx, owner, v); err != nil {
		return v, err
	}
	return v, s.store.Delete(ctx, droppedBucket, url.PathEscape(owner))
}
