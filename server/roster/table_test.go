package roster_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kaskad/server/roster"
)

func sample(t *testing.T) roster.Table {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	return roster.Table{Sheet: "Personer", Header: []string{"Namn", "Gått", "Nästa"}, Rows: [][]any{
		{"Åkesson; Elin", 3, time.Date(2027, 7, 1, 8, 30, 0, 0, zone)},
		{`=HYPERLINK("http://example.org")`, -1, time.Time{}},
		{"två\nrader \"citat\"", 0, time.Time{}},
	}}
}

func TestCSVOpensInSwedishExcel(t *testing.T) {
	var b bytes.Buffer
	if err := sample(t).WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffNamn;Gått;Nästa\r\n\"Åkesson; Elin\";3;2027-07-01 08:30\r\n\"'=HYPERLINK(\"\"http://example.org\"\")\";-1;\r\n\"två\nrader \"\"citat\"\"\";0;\r\n"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
}

func TestWhatWouldBeAFormulaIsText(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "+46": "'+46", "-x": "'-x", "@sum": "'@sum", "\t=1": "'\t=1", "＝1": "'＝1", "Åke": "Åke", "": "", "a=1": "a=1"} {
		if got := roster.Guarded(text); got != want {
			t.Errorf("Guarded(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestXLSXKeepsTypes(t *testing.T) {
	var b bytes.Buffer
	if err := sample(t).WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Personer")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[1], "|"); got != "Åkesson; Elin|3|2027-07-01 08:30" {
		t.Errorf("first row %q", got)
	}
	formula, err := f.GetCellFormula("Personer", "A3")
	kind, errKind := f.GetCellType("Personer", "A3")
	if err != nil || errKind != nil || formula != "" || kind != excelize.CellTypeInlineString {
		t.Errorf("a name that looks like a formula is of type %v with formula %q, %v, %v", kind, formula, err, errKind)
	}
}
