package web

import (
	"regexp"
	"strings"
)

// unmetKeys are the texts of the planner's reasons for unmet needs. The planner
// writes plain English, which is also the English text; that is how a reason
// is recognised in a plan and said in another language.
var unmetKeys = []string{"unmet.earlier", "unmet.no-slot", "unmet.nobody-leads", "unmet.no-venue", "unmet.absent", "unmet.too-few",
	"unmet.crowded", "unmet.breaks", "unmet.full", "unmet.no-leader", "unmet.not-enough", "unmet.not-planned"}

// unmetHoles are the names that may stand in such a text.
var unmetHoles = []string{"module", "tier", "minutes", "people"}

// unmetReason is one reason as it can be found in a plan.
type unmetReason struct {
	key   string
	form  *regexp.Regexp
	holes []string // in order of appearance
}

var hole = regexp.MustCompile(`\\\{([a-z]+)\\\}`)

func (s *Server) unmetReasons() []unmetReason {
	open := []any{}
	for _, name := range unmetHoles {
		open = append(open, name, "{"+name+"}")
	}
	var list []unmetReason
	for _, key := range unmetKeys {
		form := regexp.QuoteMeta(s.ui.Text("en", key, open...))
		r := unmetReason{key: key}
		for _, found := range hole.FindAllStringSubmatch(form, -1) {
			r.holes = append(r.holes, found[1])
		}
		r.form = regexp.MustCompile("^" + hole.ReplaceAllString(form, "(.+)") + "$")
		list = append(list, r)
	}
	return list
}

// unmetText says a plan's reason in the visitor's language, with modules and
// tiers by name. A reason of another planner is shown as it stands.
func (s *Server) unmetText(v *visit, reason string) string {
	for _, r := range s.reasons {
		found := r.form.FindStringSubmatch(reason)
		if found == nil {
			continue
		}
		pairs := []any{}
		for i, name := range r.holes {
			value := found[i+1]
			switch name {
			case "module":
				if m := v.state.Roster.Modules[value]; m != nil {
					value = m.Name
				}
			case "tier":
				value = strings.ToLower(s.tierName(v, value))
			}
			pairs = append(pairs, name, value)
		}
		return s.text(v, r.key, pairs...)
	}
	return reason
}
