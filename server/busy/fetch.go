package busy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
)

const (
	fetchPatience = 20 * time.Second
	mostRedirects = 5
)

var (
	errUnchanged = errors.New("busy: unchanged")
	errPrivate   = errors.New("busy: an address of the own network")
)

// cleanAddress is a calendar's address as it is fetched: webcal is https.
func cleanAddress(address string) (string, error) {
	address = strings.TrimSpace(address)
	for _, scheme := range []string{"webcal://", "webcals://"} {
		if rest, ok := strings.CutPrefix(address, scheme); ok {
			address = "https://" + rest
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || len(address) > 2000 {
		return "", model.Errorf(model.Invalid, "busy.bad-address", "this is no address of a calendar; it begins with https:// or webcal://")
	}
	return u.String(), nil
}

// fetch gets a calendar. errUnchanged when it is as it was read last, a
// *model.Error when it cannot be had. No error names the address.
func (s *Sources) fetch(ctx context.Context, x Source) (data []byte, tag string, err error) {
	s.once.Do(func() { s.client = newClient(s.Private) })
	ctx, cancel := context.WithTimeout(ctx, fetchPatience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, x.Address, nil)
	if err != nil {
		return nil, "", model.Errorf(model.Invalid, "busy.bad-address", "this is no address of a calendar; it begins with https:// or webcal://")
	}
	req.Header.Set("User-Agent", "Kaskad/1")
	req.Header.Set("Accept", "text/calendar, */*;q=0.1")
	if wanted := openTimes(s.Programme.State(), s.Programme.Now()); x.Tag != "" && len(wanted) > 0 && wanted[len(wanted)-1].To.Unix() == x.Until {
		req.Header.Set("If-None-Match", x.Tag)
	}
	resp, err := s.client.Do(req)
	if errors.Is(err, errPrivate) {
		return nil, "", model.Errorf(model.Forbidden, "busy.private-address", "this address lies in a network Kaskad must not fetch from")
	}
	if err != nil {
		return nil, "", unreachable()
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified && x.Tag != "":
		return nil, "", errUnchanged
	case resp.StatusCode != http.StatusOK:
		return nil, "", model.Errorf(model.Unavailable, "busy.refused", "the calendar's server answers %d; is the address still right?", resp.StatusCode)
	}
	data, err = io.ReadAll(io.LimitReader(resp.Body, calendar.MaxRead+1))
	if err != nil {
		return nil, "", unreachable()
	}
	return data, resp.Header.Get("ETag"), nil
}

func unreachable() error {
	return model.Errorf(model.Unavailable, "busy.unreachable", "the calendar's server cannot be reached")
}

// newClient fetches what strangers name, so it goes nowhere inside: every
// connection, redirected ones too, is judged by the number it is really made
// to. A proxy would make it for us, so none is used.
func newClient(private bool) *http.Client {
	dialer := &net.Dialer{Timeout: fetchPatience, Control: func(_, address string, _ syscall.RawConn) error {
		host, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("busy: %w", err)
		}
		if !private && !isPublic(host.Addr()) {
			return errPrivate
		}
		return nil
	}}
	return &http.Client{
		Timeout: fetchPatience,
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: fetchPatience, ResponseHeaderTimeout: fetchPatience,
			MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true, IdleConnTimeout: time.Minute, MaxIdleConns: 16},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) >= mostRedirects || req.URL.Scheme != "https" && req.URL.Scheme != "http" {
				return errors.New("busy: redirected too often")
			}
			return nil
		},
	}
}

// Networks that IsPrivate and the others of netip do not know: RFC 6598, 6890,
// 2544, 5737, 3849, 6052 and the old reserved block.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("100::/64"),
}

func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
