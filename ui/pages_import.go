package ui

// Import asks for a staff register's file.
type Import struct {
	Error string // why the last file could not be read; translated
}

// ImportPreview shows what taking a file in would change, before anything is.
type ImportPreview struct {
	Token                 string
	Kind, Separator       string // "xlsx", or a text's encoding and separator
	Rows, HeaderLine      int
	Columns               []ImportColumn
	Meanings              []Option
	Complete              bool
	New, Changed, Gone    []ImportRow // at most 100 of each
	NewN, ChangedN, GoneN int
	Same                  int
	Units                 []string // names of new units, at most 100
	UnitsN                int
	Faults                []ImportFault // at most 100
	FaultN, NoteN         int           // rows left out; details left out
	Sum                   string        // of what is shown: exactly that is taken in
	Error                 string        // translated
}

// Anything tells whether there is something to take in.
func (p ImportPreview) Anything() bool {
	return p.NewN+p.ChangedN+p.GoneN+p.UnitsN > 0 && p.Error == ""
}

// ImportColumn is one column of the file.
type ImportColumn struct {
	Index            int
	Heading, Samples string
	Meaning          string
}

// ImportRow is one person a file is about. Without a name the identity is protected.
type ImportRow struct {
	Line       int
	Name, Unit string
	Changes    []ImportChange
}

// ImportChange is one detail that differs; of a protected identity only which.
type ImportChange struct{ Field, From, To string }

// ImportFault is something wrong in a file: where, and how to mend it.
type ImportFault struct {
	Line                int
	Column, Value, Text string
	Note                bool // the row is taken in all the same
}

// Merge makes one person of two records. Without Other it offers records to choose from.
type Merge struct {
	Keep       MergeRecord
	Other      *MergeRecord
	Query      string
	Candidates []MergeRecord
	Swap       string   // address where the other one is kept
	Needs      []string // modules the person would still need
	Moved      []string // seats that would be the kept one's; translated
	Dropped    []string // seats that would be given up, for the kept one has another of the module
	DraftLost  bool     // the draft names the other one and would be dropped
	Error      string   // why they cannot be one; translated
}

// MergeRecord is one of the two records. Without a name the identity is protected.
type MergeRecord struct {
	ID, Name, Unit, Email, Occupation string
	Done, Booked                      int
	Href                              string // of the candidate's preview
}
