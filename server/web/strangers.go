package web

import (
	"crypto/sha256"
	"sync"
	"time"
)

// strangers bounds how many different unknown calendar addresses one network
// address may ask for in a while. A calendar that keeps asking for one retired
// address is no stranger: it is told 404 for as long as it likes. Addresses
// that exist are never counted, for a whole hospital sits behind one network.
type strangers struct {
	now    func() time.Time
	mu     sync.Mutex
	since  time.Time
	tokens map[string]map[[sha256.Size]byte]bool // by network address
}

const (
	strangerTimes  = 100
	strangerWindow = 15 * time.Minute
	strangerKeys   = 10_000
)

func (s *strangers) allow(network, token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if s.tokens == nil || now.Sub(s.since) > strangerWindow || len(s.tokens) > strangerKeys {
		s.tokens, s.since = map[string]map[[sha256.Size]byte]bool{}, now
	}
	asked := s.tokens[network]
	if asked == nil {
		asked = map[[sha256.Size]byte]bool{}
		s.tokens[network] = asked
	}
	hash := sha256.Sum256([]byte(token))
	if asked[hash] {
		return true
	}
	if len(asked) >= strangerTimes {
		return false
	}
	asked[hash] = true
	return true
}
