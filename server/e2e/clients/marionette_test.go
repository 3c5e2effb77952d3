package clients_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

// marionette is the remote control of Mozilla's programs: each message is its
// length, a colon and an array in JSON. A question is [0, number, command,
// parameters], its answer [1, number, error, result].
type marionette struct {
	conn  net.Conn
	in    *bufio.Reader
	asked int
}

// drive connects to a program that is starting.
func drive(t *testing.T, addr string) *marionette {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			t.Cleanup(func() { conn.Close() })
			m := &marionette{conn: conn, in: bufio.NewReader(conn)}
			m.read(t, &struct{}{}) // its greeting
			m.ask(t, "WebDriver:NewSession", map[string]any{"capabilities": map[string]any{}}, nil)
			m.ask(t, "Marionette:SetContext", map[string]any{"value": "chrome"}, nil)
			return m
		}
		if time.Now().After(end) {
			t.Fatalf("the program does not listen: %v", err)
		}
	}
}

// script runs a script with a verb and a question for it.
func (m *marionette) script(t *testing.T, script, verb string, question map[string]any) answer {
	t.Helper()
	var a struct{ Value answer }
	m.ask(t, "WebDriver:ExecuteAsyncScript", map[string]any{"script": script, "args": []any{verb, question},
		"sandbox": "system", "scriptTimeout": patience.Milliseconds()}, &a)
	if a.Value.Error != "" {
		t.Fatalf("asked to %s: %s", verb, a.Value.Error)
	}
	return a.Value
}

func (m *marionette) ask(t *testing.T, command string, parameters map[string]any, result any) {
	t.Helper()
	m.asked++
	message, err := json.Marshal([]any{0, m.asked, command, parameters})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(m.conn, "%d:%s", len(message), message); err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	var reply [4]json.RawMessage
	m.read(t, &reply)
	if complaint := string(reply[2]); complaint != "null" {
		t.Fatalf("%s: %s", command, complaint)
	}
	if result == nil {
		return
	}
	if err := json.Unmarshal(reply[3], result); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, reply[3])
	}
}

func (m *marionette) read(t *testing.T, into any) {
	t.Helper()
	head, err := m.in.ReadString(':')
	if err != nil {
		t.Fatalf("the program says nothing more: %v", err)
	}
	size, err := strconv.Atoi(strings.TrimSuffix(head, ":"))
	if err != nil {
		t.Fatal(err)
	}
	message := make([]byte, size)
	if _, err := io.ReadFull(m.in, message); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(message, into); err != nil {
		t.Fatalf("%v\n%s", err, message)
	}
}
