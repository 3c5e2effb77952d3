package clients_test

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// mailServers are Postfix, which takes mails in, and Dovecot, which keeps them
// in mailboxes, on ports and in a folder of their own.
type mailServers struct {
	dir        string
	smtp, imap int
	imaps      int             // the same with TLS, by the certificate in trust
	trust      string          // a file
	seen       map[string]bool // files that mailbox has handed over
}

// openMailServers starts both until the test ends; false when this machine has
// not got them. Postfix starts as root only, and gives its rights away. Mail to
// Cilla and to a few of the demonstration (17, 27, 37) is handed over to the LMTP server
// elsewhere, what comes back to Kaskad's address with a mark to that at own.
func openMailServers(t *testing.T, elsewhere, own int) (*mailServers, bool) {
	t.Helper()
	_, noPostfix := exec.LookPath("postfix")
	_, noDovecot := exec.LookPath("dovecot")
	var noRights error
	if os.Getuid() != 0 {
		noRights = errors.New("Postfix starts as root only")
	}
	if err := errors.Join(noPostfix, noDovecot, noRights); err != nil {
		missing(t, err)
		return nil, false
	}
	dir, err := os.MkdirTemp("", "kaskad-mail-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	m := &mailServers{dir: dir, smtp: freePort(t), imap: freePort(t), imaps: freePort(t), seen: map[string]bool{}}
	m.trust = filepath.Join(m.settings(), "certificate.pem")
	fill := strings.NewReplacer("DIR", dir, "OWN_PORT", strconv.Itoa(own), "IMAPS_PORT", strconv.Itoa(m.imaps), "SMTP_PORT", strconv.Itoa(m.smtp), "IMAP_PORT", strconv.Itoa(m.imap), "LMTP_PORT", strconv.Itoa(freePort(t)), "ELSEWHERE", strconv.Itoa(elsewhere))
	if err := os.Chmod(dir, 0o755); err != nil { // each program goes there as a user of its own
		t.Fatal(err)
	}
	folder(t, m.settings(), "root")
	folder(t, filepath.Join(dir, "queue"), "root")
	folder(t, filepath.Join(dir, "data"), "postfix")
	folder(t, filepath.Join(dir, "mail"), "nobody")
	certificate, key := certificate(t)
	for name, content := range map[string]string{"main.cf": postfixSettings, "master.cf": postfixPrograms, "dovecot.conf": dovecotSettings,
		"certificate.pem": certificate, "key.pem": key} {
		if err := os.WriteFile(filepath.Join(m.settings(), name), []byte(fill.Replace(content)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	launch(t, exec.Command("dovecot", "-F", "-c", filepath.Join(m.settings(), "dovecot.conf")), nil)
	m.startPostfix(t)
	for _, port := range []int{m.smtp, m.imap} {
		m.await(t, port)
	}
	return m, true
}

// certificate is one for 127.0.0.1 with its key, in PEM.
func certificate(t *testing.T) (certificate, key string) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	private, err := x509.MarshalPKCS8PrivateKey(s.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
}

func (m *mailServers) settings() string { return filepath.Join(m.dir, "settings") }

func folder(t *testing.T, path, owner string) {
	t.Helper()
	u, err := user.Lookup(owner)
	if err != nil {
		t.Fatal(err)
	}
	uid, errUID := strconv.Atoi(u.Uid)
	gid, errGID := strconv.Atoi(u.Gid)
	if err := errors.Join(errUID, errGID, os.Mkdir(path, 0o755), os.Chown(path, uid, gid)); err != nil {
		t.Fatal(err)
	}
}

// startPostfix also makes sure that all of Postfix's programs end.
func (m *mailServers) startPostfix(t *testing.T) {
	t.Helper()
	if out, complaint, err := run(exec.Command("postfix", "-c", m.settings(), "start")); err != nil {
		t.Fatalf("Postfix does not start: %v\n%s%s\n%s", err, out, complaint, m.log())
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the mail servers said:\n%s", m.log())
		}
		if out, complaint, err := run(exec.Command("postfix", "-c", m.settings(), "abort")); err != nil {
			t.Errorf("Postfix does not stop: %v\n%s%s", err, out, complaint)
		}
	})
}

func (m *mailServers) log() string {
	said, _ := os.ReadFile(filepath.Join(m.dir, "mail.log")) // without a log there is nothing to say
	return string(said)
}

func (m *mailServers) await(t *testing.T, port int) {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			conn.Close()
			return
		}
		if time.Now().After(end) {
			t.Fatalf("no mail server: %v\n%s", err, m.log())
		}
	}
}

// mailbox hands over the mails that have come to somebody since it was last asked.
func (m *mailServers) mailbox(t *testing.T, person string) []letter {
	t.Helper()
	var list []letter
	for _, folder := range []string{"new", "cur"} {
		files, err := filepath.Glob(filepath.Join(m.dir, "mail", person, folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(files)
		for _, file := range files {
			id, _, _ := strings.Cut(filepath.Base(file), ":") // flags follow
			if m.seen[person+id] {
				continue
			}
			m.seen[person+id] = true
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, readLetter(t, data))
		}
	}
	return list
}

// postfixSettings: everybody but Emil has a mailbox.
const postfixSettings = `compatibility_level = 3.6
queue_directory = DIR/queue
data_directory = DIR/data
maillog_file = DIR/mail.log
maillog_file_prefixes = DIR
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = regexp:{ {/\.example\.org$$/ ok} }
virtual_mailbox_maps = regexp:{ {if !/^emil@/} {/@/ ok} {endif} }
transport_maps = regexp:{ {/^cilla@|[.][1-3]7@/ lmtp:inet:127.0.0.1:ELSEWHERE} {/^planering[+]/ lmtp:inet:127.0.0.1:OWN_PORT} }
virtual_transport = lmtp:inet:127.0.0.1:LMTP_PORT
default_transport = error:no way out of here
recipient_delimiter = +
smtpd_relay_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1s
queue_run_delay = 1s
`

// postfixPrograms are those of Debian's master.cf that are needed here, none in a chroot.
const postfixPrograms = `127.0.0.1:SMTP_PORT inet n - n - - smtpd
pickup    unix  n       -       n       60      1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       300     1       qmgr
tlsmgr    unix  -       -       n       1000?   1       tlsmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
proxymap  unix  -       -       n       -       -       proxymap
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
lmtp      unix  -       -       n       -       -       lmtp
scache    unix  -       -       n       -       1       scache
anvil     unix  -       -       n       -       1       anvil
postlog   unix-dgram n  -       n       -       1       postlogd
`

// dovecotSettings: whoever has mail may read it, with any password.
const dovecotSettings = `base_dir = DIR/run
state_dir = DIR/state
log_path = DIR/mail.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <DIR/settings/certificate.pem
ssl_key = <DIR/settings/key.pem
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:~/
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=DIR/mail/%n
}
service imap-login {
  inet_listener imap {
    port = IMAP_PORT
  }
  inet_listener imaps {
    port = IMAPS_PORT
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = LMTP_PORT
  }
}
`
