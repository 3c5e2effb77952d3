package store_test

import (
	"errors"
	"net"
	"strings"
	"testing"

	"kaskad/server/store"
)

// listen accepts connections and never says a word.
func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestMongoSaysInOneSentenceThatNobodyAnswers(t *testing.T) {
	silent := listen(t)
	closed := listen(t)
	closed.Close()
	for name, addr := range map[string]string{"silent": silent.Addr().String(), "closed": closed.Addr().String()} {
		// The default of 5 s is shortened by the address, as a customer may.
		_, err := store.OpenMongo(t.Context(), "mongodb://anna:hemligt@"+addr+"/kaskad?serverSelectionTimeoutMS=200")
		var unreachable *store.UnreachableError
		if !errors.As(err, &unreachable) || unreachable.Hosts != addr {
			t.Fatalf("%s: OpenMongo = %v, want an *UnreachableError naming %s", name, err, addr)
		}
		text := err.Error()
		if !strings.Contains(text, "does not answer") || strings.ContainsAny(text, "\n{") {
			t.Errorf("%s: %q is no plain sentence", name, text)
		}
		for e := err; e != nil; e = errors.Unwrap(e) {
			if strings.Contains(e.Error(), "hemligt") {
				t.Errorf("%s: %q holds the password", name, e)
			}
		}
	}
}

func TestMongoExplainsABadAddressWithoutThePassword(t *testing.T) {
	for _, uri := range []string{
		"", "localhost", "postgres://localhost", "mongodb://", "mongodb://anna:qqx/yyw@localhost", "mongodb://anna:qqx@yyw@localhost",
		"mongodb://anna:qqx%zzyyw@localhost", "mongodb://anna:qqxyyw@localhost:port", "mongodb://localhost/kaskad?directConnection=maybe",
	} {
		_, err := store.OpenMongo(t.Context(), uri)
		if err == nil || !strings.Contains(err.Error(), "address cannot be read") {
			t.Errorf("OpenMongo(%q) = %v, want an explanation", uri, err)
			continue
		}
		for e := err; e != nil; e = errors.Unwrap(e) {
			if strings.Contains(e.Error(), "qqx") || strings.Contains(e.Error(), "yyw") || strings.Contains(e.Error(), "zz") {
				t.Errorf("%q holds the password", e)
			}
		}
	}
}
