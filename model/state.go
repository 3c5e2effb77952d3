package model

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// State is one programme at one moment, folded from its journal. A State is
// never written after Apply has returned it: readers keep theirs while the
// next one is made.
type State struct {
	Seq      uint64 // of the last entry taken in; the State's revision
	At       int64  // its time, milliseconds since 1970
	Roster   *Roster
	Draft    *Draft // nil before the first run
	Seminars map[string]*PublishedSeminar
	Seats    map[SeatKey][]Seat // the generations of a person's seat in a seminar, oldest first
	Feeds    map[string]int     // generation of a person's calendar address; absent is 0

	Calendars CalendarBook

	Activities ActivityBook // what is not planned by seats

	// Scenarios are plans beside the draft, in the order they were saved.
	Scenarios []*Scenario

	// Changed is the Seq of the last change to published seminars that did
	// not come from the present draft: a draft older than it is stale.
	Changed uint64
	// Told is the Seq of the last publication.
	Told uint64
	// Issued counts the published seminar ids given out.
	Issued int

	// Circumstances are what has happened since the roster was loaded, oldest
	// first; Roster is the loaded one amended by them.
	Circumstances []Circumstance
	// Amended is the Seq of the last change of them: a draft older than it was
	// made for other circumstances.
	Amended uint64
	// Recorded counts the ids of circumstances given out.
	Recorded int
	// Edits are what coordinators have done by hand, oldest first, the last of them.
	Edits []Edit
	// Edited counts the ids of edits given out.
	Edited int
	// Locks say what the planner may not change, by seminar.
	Locks map[string]Lock

	// Amendments are the Refs of the edits and imports of the roster since it was loaded, oldest first.
	Amendments []string
	// Imports are the ids of the contacts staged for the latest imports, oldest first.
	Imports []string
	// Paused are the waves of which nothing more is planned or published, sorted.
	Paused []string
	// WavesChanged is the Seq of the last change of waves: a draft older than it was made for others.
	WavesChanged uint64

	base     *Problem                       // the roster as it was loaded and amended
	byPerson map[string][]*PublishedSeminar // not cancelled, by start
	told     bool                           // see AsTold
}

// Draft is a plan kept beside what is published.
type Draft struct {
	Ref     string `json:"ref"`
	Base    uint64 `json:"base"`
	Seconds int    `json:"seconds"`
	At      int64  `json:"at"`
	// Held are the ids of seminars that coordinators have locked, sorted.
	Held []string `json:"held,omitempty"`
	Plan *Plan    `json:"-"`
}

// PublishedSeminar is a seminar people have been told of.
type PublishedSeminar struct {
	Seminar
	Wave      string `json:"wave"`
	DraftID   string `json:"draftId,omitempty"` // the Ref of the draft it came from, a slash, its id there
	Cancelled bool   `json:"cancelled,omitempty"`
	// Absent had a seat and did not come. They are not among Attendees.
	Absent []string `json:"absent,omitempty"`
	// Taken is when attendance was last recorded, milliseconds since 1970; 0 until
	// then, when everybody with a seat is taken to come.
	Taken int64 `json:"taken,omitempty"`
}

// Open tells whether the seminar still lacks a leader.
func (s *PublishedSeminar) Open(r *Roster) bool {
	return !s.Cancelled && len(s.Leaders) < r.LeadersPerSeminar(s.Tier)
}

// NewState is a programme before its first entry.
func NewState() *State {
	return &State{Seminars: map[string]*PublishedSeminar{}, Seats: map[SeatKey][]Seat{}, Feeds: map[string]int{}, Locks: map[string]Lock{}, Calendars: newCalendarBook()}
}

// Apply takes in the next entry and returns the State after it; s is unchanged.
// An error means the journal is damaged or written by a newer version.
func (s *State) Apply(e Entry, blobs Blobs) (*State, error) {
	if e.Seq != s.Seq+1 {
		return nil, fmt.Errorf("journal entry %d follows entry %d", e.Seq, s.Seq)
	}
	next := *s
	next.Seq, next.At = e.Seq, e.At
	for _, event := range e.Events {
		if err := next.take(event, e.Actor, blobs); err != nil {
			return nil, fmt.Errorf("journal entry %d: %w", e.Seq, err)
		}
	}
	return &next, nil
}

func (s *State) take(event Event, by string, blobs Blobs) error {
	switch e := event.(type) {
	case ProgrammeLoaded:
		return s.loadRoster(e.Problem, blobs)
	case DraftSaved:
		return s.saveDraft(e, blobs)
	case DraftEdited:
		return s.editDraft(e, by, blobs)
	case DraftLocked:
		s.holdDraft(e, by)
		return nil
	case ProgrammeExtended:
		return s.extend(e, blobs)
	case ScenarioSaved:
		return s.saveScenario(e, by, blobs)
	case ScenarioDropped:
		return s.dropScenario(e, by)
	case ScenarioRestored:
		return s.restoreScenario(e, by, blobs)
	case WavePublished:
		return s.publish(e, by, blobs)
	case LeadersSet:
		return s.setLeaders(e)
	case CircumstanceRecorded:
		return s.record(e)
	case CircumstanceWithdrawn:
		return s.withdraw(e)
	case SeminarsEdited:
		return s.edit(e, by)
	case PlanRepaired:
		return s.takeRepair(e, by, blobs)
	case AttendanceTaken:
		return s.takeAttendance(e)
	case ActivityTypesSet, ActivitySaved, ActivityCancelled, ParticipationRecorded:
		return s.Activities.take(event, s.At)
	case LockSet:
		s.lock(e, by)
		return nil
	case AnswerGiven:
		return s.takeAnswer(e)
	case SeatBooked:
		return s.takeBooking(e)
	case RosterAmended:
		s.noteImport(e.Staged)
		return s.amendRoster(e.Change, blobs)
	case PeopleMerged:
		return s.mergePeople(e, by, blobs)
	case PeopleParted:
		return s.partPeople(e, by, blobs)
	case ContactsChanged:
		return nil // names and addresses are kept elsewhere
	case WavesSet:
		return s.takeWaves(e, blobs)
	}
	return s.takeCalendar(event, blobs)
}

func (s *State) loadRoster(ref string, blobs Blobs) error {
	data, err := blobs(ref)
	if err != nil {
		return fmt.Errorf("problem %s: %w", ref, err)
	}
	problem, err := DecodeProblem(data)
	if err != nil {
		return err
	}
	s.base, s.Amendments = problem, nil
	s.Paused = slices.DeleteFunc(slices.Clone(s.Paused), func(id string) bool {
		return !slices.ContainsFunc(problem.Waves, func(w Wave) bool { return w.ID == id })
	})
	s.Roster, s.Draft = s.rosterNow(ref), nil
	s.index()
	return nil
}

func (s *State) saveDraft(e DraftSaved, blobs Blobs) error {
	data, err := blobs(e.Plan)
	if err != nil {
		return fmt.Errorf("draft %s: %w", e.Plan, err)
	}
	plan, err := DecodePlan(data)
	if err != nil {
		return err
	}
	s.Draft = &Draft{Ref: e.Plan, Base: e.Base, Seconds: e.Seconds, At: s.At, Held: s.heldIn(plan), Plan: plan}
	return nil
}

func (s *State) publish(e WavePublished, by string, blobs Blobs) error {
	change, err := readChange(e.Change, blobs)
	if err != nil {
		return err
	}
	return s.enact(change, Edit{ID: fmt.Sprintf("P%05d", s.Seq), Kind: EditPublish, Wave: e.Wave}, by)
}

func readChange(ref string, blobs Blobs) (*Change, error) {
	data, err := blobs(ref)
	if err != nil {
		return nil, fmt.Errorf("publication %s: %w", ref, err)
	}
	change := new(Change)
	if err := json.Unmarshal(data, change); err != nil {
		return nil, fmt.Errorf("publication %s: %w", ref, err)
	}
	return change, nil
}

// enact makes a difference what people are told, as a step that can be undone.
func (s *State) enact(change *Change, step Edit, by string) error {
	if err := s.putDown(&step, change); err != nil {
		return err
	}
	s.Seminars, s.Seats = maps.Clone(s.Seminars), maps.Clone(s.Seats)
	s.takeSteps(&step, func() {
		for i := range step.After {
			now := step.After[i]
			before := s.Seminars[now.ID]
			if before == nil {
				s.Issued++
			}
			s.Seminars[now.ID] = &now
			s.reseat(before, &now)
		}
	})
	if len(step.After) > 0 {
		s.remember(step, by)
	}
	s.Told = s.Seq
	s.index()
	return nil
}

// putDown writes into a step what a difference changes, as it was and as it will be.
func (s *State) putDown(step *Edit, change *Change) error {
	for _, now := range change.Set {
		was := now
		if before := s.Seminars[now.ID]; before != nil {
			was = *before
		} else {
			was.Cancelled = true // there was none: taking it back cancels it
		}
		step.Before, step.After = append(step.Before, was), append(step.After, now)
	}
	for _, id := range change.Drop {
		before := s.Seminars[id]
		if before == nil {
			return fmt.Errorf("cancels seminar %q, which is not published", id)
		}
		now := *before
		now.Cancelled = true
		step.Before, step.After = append(step.Before, *before), append(step.After, now)
	}
	return nil
}

func (s *State) setLeaders(e LeadersSet) error {
	before := s.Seminars[e.Seminar]
	if before == nil {
		return fmt.Errorf("sets leaders of seminar %q, which is not published", e.Seminar)
	}
	now := *before
	now.Leaders = e.Leaders
	s.replace(before, &now)
	s.Changed = s.Seq
	return nil
}

// Time is when the State's last entry was committed.
func (s *State) Time() time.Time { return time.UnixMilli(s.At).UTC() }

// snapshot is a State's durable form, a checkpoint.
type snapshot struct {
	Seq      uint64              `json:"seq"`
	At       int64               `json:"at"`
	Problem  string              `json:"problem,omitempty"`
	Draft    *Draft              `json:"draft,omitempty"`
	Seminars []*PublishedSeminar `json:"seminars"` // by id
	Seats    []seatRecord        `json:"seats"`    // by seminar and person
	Feeds    map[string]int      `json:"feeds"`
	Changed  uint64              `json:"changed"`
	Told     uint64              `json:"told"`
	Issued   int                 `json:"issued"`

	Circumstances []Circumstance  `json:"circumstances,omitempty"`
	Amended       uint64          `json:"amended,omitempty"`
	Recorded      int             `json:"recorded,omitempty"`
	Edits         []Edit          `json:"edits,omitempty"`
	Edited        int             `json:"edited,omitempty"`
	Locks         map[string]Lock `json:"locks,omitempty"`

	Calendars calendarSnapshot `json:"calendars,omitzero"`

	Activities ActivityBook `json:"activities,omitzero"`

	Scenarios  []*Scenario `json:"scenarios,omitempty"`
	Amendments []string    `json:"amendments,omitempty"`
	Imports    []string    `json:"imports,omitempty"`

	Paused       []string `json:"paused,omitempty"`
	WavesChanged uint64   `json:"wavesChanged,omitempty"`
}

type seatRecord struct {
	SeatKey
	Generations []Seat `json:"generations"`
}

// Snapshot is the State as bytes: equal States give equal bytes.
func (s *State) Snapshot() ([]byte, error) {
	snap := snapshot{Seq: s.Seq, At: s.At, Draft: s.Draft, Feeds: s.Feeds, Changed: s.Changed, Told: s.Told, Issued: s.Issued,
		Circumstances: s.Circumstances, Amended: s.Amended, Recorded: s.Recorded, Edits: s.Edits, Edited: s.Edited, Locks: s.Locks,
		Scenarios: s.Scenarios, Paused: s.Paused, WavesChanged: s.WavesChanged}
	if s.Roster != nil {
		snap.Problem = s.Roster.Ref
	}
	snap.Activities = s.Activities
	snap.Calendars, snap.Amendments, snap.Imports = s.Calendars.snapshot(), s.Amendments, s.Imports
	for _, id := range sortedKeys(s.Seminars) {
		snap.Seminars = append(snap.Seminars, s.Seminars[id])
	}
	for _, key := range s.seatKeys() {
		snap.Seats = append(snap.Seats, seatRecord{key, s.Seats[key]})
	}
	return json.Marshal(snap)
}

// RestoreState reads what Snapshot wrote.
func RestoreState(data []byte, blobs Blobs) (*State, error) {
	var snap snapshot
	if err := json.Unmarshal(data, &snap); err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	s := NewState()
	s.Seq, s.At, s.Changed, s.Told, s.Issued = snap.Seq, snap.At, snap.Changed, snap.Told, snap.Issued
	for _, x := range snap.Seminars {
		s.Seminars[x.ID] = x
	}
	for _, x := range snap.Seats {
		s.Seats[x.SeatKey] = x.Generations
	}
	maps.Copy(s.Feeds, snap.Feeds)
	s.Circumstances, s.Amended, s.Recorded = snap.Circumstances, snap.Amended, snap.Recorded
	s.Edits, s.Edited = snap.Edits, snap.Edited
	maps.Copy(s.Locks, snap.Locks)
	s.Imports, s.Activities = snap.Imports, snap.Activities
	var err error
	if s.Calendars, err = snap.Calendars.restore(blobs); err != nil {
		return nil, err
	}
	if snap.Problem != "" {
		if err := s.loadRoster(snap.Problem, blobs); err != nil {
			return nil, err
		}
		if err := s.restoreAmendments(snap.Amendments, blobs); err != nil {
			return nil, err
		}
	}
	s.Paused, s.WavesChanged = snap.Paused, snap.WavesChanged
	if d := snap.Draft; d != nil {
		if err := s.saveDraft(DraftSaved{Plan: d.Ref, Base: d.Base, Seconds: d.Seconds}, blobs); err != nil {
			return nil, err
		}
		s.Draft.At, s.Draft.Held = d.At, d.Held
	}
	for _, x := range snap.Scenarios {
		if err := x.read(blobs); err != nil {
			return nil, err
		}
		s.Scenarios = append(s.Scenarios, x)
	}
	return s, nil
}
