package roster_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"kaskad/model"
	"kaskad/server/roster"
)

const export = "Anställningsnummer;Personnummer;Efternamn;Förnamn;E-post;Enhet;Kommun\r\n" +
	"1001;19800101-1234;Åkesson;Elin;elin@example.org;Hemtjänsten Norrby;Borås\r\n\r\n" +
	"1002;;\"Öst; Väst\";Bo;;Hemtjänsten Norrby;Borås\r\nSumma;2;;;;;\r\n"

func utf16le(text string, bom bool) []byte {
	var b bytes.Buffer
	if bom {
		b.Write([]byte{0xff, 0xfe})
	}
	for _, u := range utf16.Encode([]rune(text)) {
		_ = binary.Write(&b, binary.LittleEndian, u) // a buffer takes everything
	}
	return b.Bytes()
}

func workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for cell, value := range map[string]any{"A1": "Personallista 2026", "A3": "Efternamn", "B3": "Förnamn", "C3": "Personnummer", "D3": "Enhet",
		"A4": "Åkesson", "B4": "Elin", "C4": 198001011234, "D4": "Hemtjänsten", "A5": "Öst", "B5": "Bo", "D5": "Hemtjänsten"} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadTakesWhatSystemsWrite(t *testing.T) {
	windows, err := charmap.Windows1252.NewEncoder().String(export)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		kind string
		line int
	}{
		"UTF-8":                     {[]byte(export), "UTF-8", 2},
		"UTF-8 with a mark":         {[]byte("\ufeff" + export), "UTF-8", 2},
		"Windows-1252":              {[]byte(windows), "Windows-1252", 2},
		"UTF-16 with a mark":        {utf16le(export, true), "UTF-16", 2},
		"UTF-16 without":            {utf16le(export, false), "UTF-16", 2},
		"with sep=":                 {[]byte("sep=;\r\n" + export), "UTF-8", 3},
		"titles above":              {[]byte("Personallista;;;\r\nUttag 2026-03-01;;\r\n" + export), "UTF-8", 4},
		"tabs":                      {[]byte(strings.ReplaceAll(strings.ReplaceAll(export, "\"Öst; Väst\"", "Öst"), ";", "\t")), "UTF-8", 2},
		"empty columns at the end":  {[]byte(strings.ReplaceAll(export, "\r\n", ";;\r\n")), "UTF-8", 2},
		"a workbook, titles and so": {workbook(t), "xlsx", 4},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := roster.Read(c.data)
			if err != nil {
				t.Fatal(err)
			}
			if s.Kind != c.kind || len(s.Rows) != 2 || s.Rows[0].Line != c.line {
				t.Errorf("%s with %d rows, the first on line %d; want %s, 2 and %d", s.Kind, len(s.Rows), s.Rows[0].Line, c.kind, c.line)
			}
			for i, m := range s.Guess() {
				if m == roster.Family && s.Rows[0].Cells[i] != "Åkesson" || m == roster.Number && s.Rows[0].Cells[i] == "1.98001011234E+11" {
					t.Errorf("column %d is %q", i, s.Rows[0].Cells[i])
				}
			}
		})
	}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"nothing":      {[]byte(" \n"), "import.empty"},
		"an old Excel": {[]byte("\xd0\xcf\x11\xe0 etc"), "import.old-excel"},
		"a PDF":        {[]byte("%PDF-1.7"), "import.no-table"},
		"no header":    {[]byte("1;2;3\n4;5;6\n"), "import.no-table"},
		"half a zip":   {[]byte("PK\x03\x04 and no more"), "import.damaged"},
	} {
		_, err := roster.Read(c.data)
		if e, ok := err.(*model.Error); !ok || e.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(export))
	f.Add(utf16le(export, true))
	f.Add([]byte("sep=,\nNamn,Enhet\n\"a\nb\",c\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := roster.Read(data)
		if err != nil {
			return
		}
		for _, row := range s.Rows {
			if len(row.Cells) != len(s.Header) || row.Line <= s.HeaderLine {
				t.Fatalf("line %d has %d cells, the header on line %d has %d", row.Line, len(row.Cells), s.HeaderLine, len(s.Header))
			}
		}
	})
}
