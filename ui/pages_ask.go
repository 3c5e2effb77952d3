package ui

// Choice is one answer to a question: what it is, what gets better and worse by
// it, and what to send to take it. Texts are translated.
type Choice struct {
	Title         string
	Facts         []string // such as where somebody works
	Better, Worse []string
	Total         int // minutes of the plan's cost, less when negative
	Told          string
	Fields        []Option // hidden fields of the form; none when it cannot be taken
	Button        string   // hidden words that tell one button from the next
}

// ChoiceGroup is a list of answers under a heading; Empty is said when there is none.
type ChoiceGroup struct {
	ID, Title, Empty string
	Choices          []Choice
	More             string // what is not shown; optional
	Why              []string
	WhyTitle         string
}

// Options are the answers to who could lead a seminar and where else it could be.
type Options struct {
	SeminarRow
	Groups []ChoiceGroup
	Notes  []Notice // what to know before choosing
	Action string   // where a choice is sent
	Shut   string   // why nothing can be chosen; empty when something can
	Error  string   // why the last choice was refused
}
