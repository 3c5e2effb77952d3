package roster

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"kaskad/model"
)

// Sheet is the table found in a file.
type Sheet struct {
	Header     []string
	HeaderLine int // from 1, as a spreadsheet counts
	Rows       []Row
	Kind       string // "xlsx", or the encoding of the text: "UTF-8", "UTF-16", "Windows-1252"
	Separator  string // of a text; "" for a workbook
}

// Row is one row of a table with the line it stands on in the file.
type Row struct {
	Line  int
	Cells []string // as many as the header has
}

const (
	// mostUnzipped bounds what a workbook may unfold to, in bytes: a zip bomb is no register.
	mostUnzipped = 200 << 20
	// headerWithin is how far down the header may stand below title rows.
	headerWithin = 25
	// mostRows bounds a register.
	mostRows = 500_000
)

// Read finds the table in a file of a staff system: a workbook, or text in any
// of the encodings and with any of the separators such systems write. Title rows
// above the header, empty rows and sums below the table are passed over. The
// error is a *model.Error that says how to mend it.
func Read(data []byte) (*Sheet, error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, model.Errorf(model.Invalid, "import.empty", "the file is empty")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readWorkbook(data)
	case bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return nil, model.Errorf(model.Invalid, "import.old-excel", "this is an old Excel file (or one with a password); save it as .xlsx or CSV without a password")
	case bytes.HasPrefix(data, []byte("%PDF")):
		return nil, model.Errorf(model.Invalid, "import.no-table", "no table with a header of names was found in the file")
	}
	return readText(data)
}

func readWorkbook(data []byte) (*Sheet, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: mostUnzipped})
	if err != nil {
		return nil, model.Errorf(model.Invalid, "import.damaged", "the workbook cannot be read; open it in Excel, save it again and try once more")
	}
	defer f.Close()
	var best *Sheet
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			continue // a chart, say
		}
		lines := make([]Row, len(rows))
		for i := range rows {
			lines[i] = Row{i + 1, rows[i]}
		}
		if s, err := table(lines); err == nil && (best == nil || len(s.Rows) > len(best.Rows)) {
			best = s
		}
	}
	if best == nil {
		return nil, model.Errorf(model.Invalid, "import.no-table", "no table with a header of names was found in the file")
	}
	best.Kind = "xlsx"
	return best, nil
}

func readText(data []byte) (*Sheet, error) {
	text, encoding := decode(data)
	skipped := 0
	if first, rest, found := strings.Cut(text, "\n"); found && strings.HasPrefix(strings.ToLower(first), "sep=") {
		text, skipped = rest, 1
	}
	separator := separatorOf(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = separator, -1, true, false
	var lines []Row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(lines) > mostRows {
			return nil, model.Errorf(model.Invalid, "import.damaged", "the workbook cannot be read; open it in Excel, save it again and try once more")
		}
		line, _ := r.FieldPos(0)
		lines = append(lines, Row{line + skipped, cells})
	}
	s, err := table(lines)
	if err != nil {
		return nil, err
	}
	s.Kind, s.Separator = encoding, string(separator)
	return s, nil
}

// decode turns bytes into text: by the byte order mark; else UTF-16 if every
// other byte of the beginning is nought; else UTF-8 if it is that; else what
// Windows programs in Sweden write.
func decode(data []byte) (text, encoding string) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order, data = binary.LittleEndian, data[2:]
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order, data = binary.BigEndian, data[2:]
	case noughts(data, 1):
		order = binary.LittleEndian
	case noughts(data, 0):
		order = binary.BigEndian
	}
	if order != nil {
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = order.Uint16(data[2*i:])
		}
		return string(utf16.Decode(units)), "UTF-16"
	}
	if utf8.Valid(data) {
		return string(data), "UTF-8"
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		decoded = bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	return string(decoded), "Windows-1252"
}

// noughts tells whether most of the bytes at even (0) or odd (1) places of the beginning are nought.
func noughts(data []byte, at int) bool {
	n, nought := 0, 0
	for i := at; i < min(len(data), 200); i += 2 {
		n++
		if data[i] == 0 {
			nought++
		}
	}
	return n > 2 && nought*10 > n*7
}

// separatorOf is the sign that cuts most of the first lines into most cells.
func separatorOf(text string) rune {
	best, most := ';', 0
	for _, sign := range []rune{';', '\t', ',', '|'} {
		n := 0
		for i, line := range strings.SplitN(text, "\n", 30) {
			if i < 29 {
				n += min(strings.Count(line, string(sign)), 60)
			}
		}
		if n > most {
			best, most = sign, n
		}
	}
	return best
}

// table finds the header and the rows below it.
func table(lines []Row) (*Sheet, error) {
	at, most := -1, 1 // a header has two names we know at least
	for i := range min(len(lines), headerWithin) {
		if n := knownNames(lines[i].Cells); n > most {
			at, most = i, n
		}
	}
	if at < 0 {
		return nil, model.Errorf(model.Invalid, "import.no-table", "no table with a header of names was found in the file")
	}
	s := &Sheet{HeaderLine: lines[at].Line}
	width := 0
	for i, name := range lines[at].Cells {
		s.Header = append(s.Header, clean(name))
		if clean(name) != "" {
			width = i + 1
		}
	}
	s.Header = s.Header[:width]
	for _, line := range lines[at+1:] {
		row := Row{line.Line, make([]string, width)}
		for i := range min(width, len(line.Cells)) {
			row.Cells[i] = clean(line.Cells[i])
		}
		if !isSum(row.Cells) {
			s.Rows = append(s.Rows, row)
		}
	}
	return s, nil
}

// clean takes away what nobody sees: spaces of all sorts around, and no-break spaces within.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', '\t', '\r', '\n':
			return ' '
		case '\ufeff', '\u200b', 0:
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

// isSum tells whether a row is empty, or the sum below a table.
func isSum(cells []string) bool {
	filled := 0
	first := ""
	for _, c := range cells {
		if c != "" {
			filled++
			if first == "" {
				first = strings.ToLower(c)
			}
		}
	}
	return filled == 0 || filled <= 2 && slices.ContainsFunc([]string{"summa", "totalt", "antal", "total"}, func(w string) bool { return strings.HasPrefix(first, w) })
}
