package programme

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"kaskad/model"
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

// DropView takes a view away.
func (s *Service) DropView(ctx context.Context, owner string, v View) error {
	return s.store.Delete(ctx, viewBucket, viewKey(owner, v))
}
