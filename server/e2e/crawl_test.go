package e2e_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// crawlLimit bounds a crawl: the demonstration has thousands of seminar pages, all alike.
const crawlLimit = 150

var (
	linkTarget = regexp.MustCompile(`<a [^>]*href="(/[^"]*)"`)
	formTarget = regexp.MustCompile(`<form [^>]*method="post" action="([^"]*)"`)
	assetOf    = regexp.MustCompile(`(?:src|href)="(/static/[^"]*)"`)
)

// Whoever sees a link may follow it, and every form leads somewhere.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	p := planned(t)
	coordinator := signIn(t, p, p.links["coordinator"])
	publish(t, coordinator)
	runInvites(t, coordinator)
	leader := signIn(t, p, mailedLink(t, p, someLeaders(t, byFile(outbox(t, p))).to))
	for name, v := range map[string]*visitor{
		"visitor": newVisitor(t, p), "staff member": signIn(t, p, p.links["staff member"]), "leader": leader, "coordinator": coordinator,
	} {
		t.Run(name, func(t *testing.T) { v.t = t; crawl(v) })
	}
}

func crawl(v *visitor) {
	v.t.Helper()
	from := map[string]string{"/": "the start"}
	queue := []string{"/"}
	forms := map[string]bool{}
	for i := 0; i < len(queue) && i < crawlLimit; i++ {
		path := queue[i]
		resp, body := v.get(path)
		if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusSeeOther {
			v.t.Errorf("%s, a link on %s, answers %d", path, from[path], resp.StatusCode)
		}
		if next := resp.Header.Get("Location"); next != "" {
			body = `<a href="` + next + `">`
		}
		for _, target := range []*regexp.Regexp{linkTarget, assetOf} {
			for _, m := range target.FindAllStringSubmatch(body, -1) {
				next := html.UnescapeString(m[1])
				if from[next] == "" {
					from[next] = path
					queue = append(queue, next)
				}
			}
		}
		for _, m := range formTarget.FindAllStringSubmatch(body, -1) {
			v.expectForm(html.UnescapeString(m[1]), path, forms)
		}
	}
	v.t.Logf("%d pages and files, %d forms", min(len(queue), crawlLimit), len(forms))
}

// expectForm sends a form without its token: refused for that if there is
// something to refuse it.
func (v *visitor) expectForm(action, page string, done map[string]bool) {
	v.t.Helper()
	if done[action] {
		return
	}
	done[action] = true
	resp, err := v.client.PostForm(v.base+action, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		v.t.Errorf("the form on %s to %s answers %d without its token, want 403", page, strings.TrimSpace(action), resp.StatusCode)
	}
}

// A number beside a link to a list is the length of that list.
func TestFiguresAgreeWithTheListsTheyLeadTo(t *testing.T) {
	t.Parallel()
	p := planned(t)
	v := signIn(t, p, p.links["coordinator"])
	publish(t, v)
	for page, rows := range map[string]*regexp.Regexp{
		"/waves": regexp.MustCompile(`<a href="(/seminars\?wave=[^"]+)">([^<]+)</a>`),
		"/map":   regexp.MustCompile(`<td class="num"><a href="(/seminars\?area=[^"]+)">([^<]+)</a></td>`),
	} {
		found := rows.FindAllStringSubmatch(v.page(page), -1)
		if len(found) == 0 {
			t.Errorf("%s shows no figures", page)
		}
		for _, m := range found {
			list := regexp.MustCompile(`<span role="status">([\d,]+) seminar`).FindStringSubmatch(v.page(html.UnescapeString(m[1])))
			if list == nil || list[1] != m[2] {
				t.Errorf("%s says %s for %s, whose list says %v", page, m[2], m[1], list)
			}
		}
	}
}
