package web

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"kaskad/server/store"
)

// Fetches remembers which calendar programs have fetched which feeds, and when.
// A poll only notes; Keep writes it down, so that no poll waits for the store.
type Fetches struct {
	Store store.Store // nil: nothing outlives the server

	mu    sync.Mutex
	seen  map[feedRef]map[string]time.Time // by the program's name
	dirty map[feedRef]bool
}

// fetchBucket holds one fetchRecord a feed, by a hash of its name.
const fetchBucket = "fetches"

// mostClients bounds what is remembered of one feed: the oldest goes.
const mostClients = 8

type fetchRecord struct {
	Of     string           `json:"of"`
	Shared bool             `json:"shared,omitempty"`
	Seen   map[string]int64 `json:"seen"` // program → milliseconds since 1970
}

// Fetch is one program that fetches a feed.
type Fetch struct {
	By string
	At time.Time
}

// Load reads what earlier servers have kept.
func (f *Fetches) Load(ctx context.Context) error {
	if f.Store == nil {
		return nil
	}
	return f.Store.All(ctx, fetchBucket, func(id string, doc []byte) error {
		var r fetchRecord
		if err := json.Unmarshal(doc, &r); err != nil {
			return fmt.Errorf("fetches %s: %w", id, err)
		}
		for by, at := range r.Seen {
			f.note(feedRef{r.Of, r.Shared}, by, time.UnixMilli(at).UTC())
		}
		f.dirty = nil
		return nil
	})
}

func (f *Fetches) note(ref feedRef, by string, at time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seen == nil {
		f.seen = map[feedRef]map[string]time.Time{}
	}
	clients := f.seen[ref]
	if clients == nil {
		clients = map[string]time.Time{}
		f.seen[ref] = clients
	}
	clients[by] = at
	if len(clients) > mostClients {
		oldest := by
		for name, when := range clients {
			if when.Before(clients[oldest]) {
				oldest = name
			}
		}
		delete(clients, oldest)
	}
	if f.dirty == nil {
		f.dirty = map[feedRef]bool{}
	}
	f.dirty[ref] = true
}

// of lists the programs that fetch a feed, the latest first.
func (f *Fetches) of(ref feedRef) []Fetch {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []Fetch
	for by, at := range f.seen[ref] {
		list = append(list, Fetch{by, at})
	}
	slices.SortFunc(list, func(a, b Fetch) int { return cmp.Or(b.At.Compare(a.At), strings.Compare(a.By, b.By)) })
	return list
}

// Keep writes down what has been fetched since it last did; it is a job.
func (f *Fetches) Keep(ctx context.Context) (string, error) {
	docs, refs, err := f.changed()
	if err != nil || len(docs) == 0 || f.Store == nil {
		return "", err
	}
	if err := f.Store.InsertMany(ctx, fetchBucket, docs); err != nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		for ref := range refs {
			f.dirty[ref] = true
		}
		return "", err
	}
	return "", nil
}

func (f *Fetches) changed() (map[string][]byte, map[feedRef]bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	docs := map[string][]byte{}
	for ref := range f.dirty {
		r := fetchRecord{Of: ref.id, Shared: ref.shared, Seen: map[string]int64{}}
		for by, at := range f.seen[ref] {
			r.Seen[by] = at.UnixMilli()
		}
		doc, err := json.Marshal(r)
		if err != nil {
			return nil, nil, err
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "%t\x00%s", ref.shared, ref.id))
		docs[hex.EncodeToString(sum[:])] = doc
	}
	refs := f.dirty
	f.dirty = map[feedRef]bool{}
	return docs, refs, nil
}

// clients names calendar programs by what their User-Agent holds, the telling
// ones first: many say Mozilla too.
var clients = []struct{ mark, name string }{
	{"google-calendar", "Google Kalender"}, {"googlebot", "Google"}, {"thunderbird", "Thunderbird"}, {"outlook", "Outlook"},
	{"microsoft", "Outlook"}, {"exchange", "Outlook"}, {"dataaccessd", "Apple Kalender"}, {"calendaragent", "Apple Kalender"},
	{"icsx5", "ICSx⁵"}, {"davx5", "DAVx⁵"}, {"evolution", "Evolution"}, {"vdirsyncer", "vdirsyncer"}, {"nextcloud", "Nextcloud"},
	{"yahoo", "Yahoo"}, {"korganizer", "KOrganizer"}, {"kontact", "KOrganizer"}, {"mozilla", aBrowser},
}

// aBrowser stands for any web browser; pages say it in words.
const aBrowser = "browser"

// clientName is how a person may recognise a calendar program: by its name if
// it is known, else the first word of what it says of itself.
func clientName(agent string) string {
	lower := strings.ToLower(agent)
	for _, c := range clients {
		if strings.Contains(lower, c.mark) {
			return c.name
		}
	}
	word, _, _ := strings.Cut(strings.TrimSpace(agent), "/")
	word = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' || r == '-' || r == '.' {
			return r
		}
		return -1
	}, strings.ToValidUTF8(word, ""))
	if runes := []rune(word); len(runes) > 30 {
		word = string(runes[:30])
	}
	return strings.TrimSpace(word)
}
