package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Entry is one committed change as the State sees it: who, when, and the
// events. The journal adds what only storage needs.
type Entry struct {
	Seq    uint64 // from 1, without gaps
	At     int64  // milliseconds since 1970, UTC
	Actor  string // person id, or the name of a part of the system
	Events []Event
}

// Event is a fact that has been committed. Large payloads are blobs, named by
// their Ref, written before the entry that names them.
type Event interface{ eventType() string }

// Blobs looks up a blob by its Ref.
type Blobs func(ref string) ([]byte, error)

// Ref is the name of a blob: the SHA-256 of its content, in hex.
func Ref(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// ProgrammeLoaded replaces roster and settings by the Problem in a blob.
type ProgrammeLoaded struct {
	Problem string `json:"problem"` // Ref of a Problem without fixed and published
}

// DraftSaved keeps a plan as the draft beside what is published.
type DraftSaved struct {
	Plan    string `json:"plan"`    // Ref of a Plan
	Base    uint64 `json:"base"`    // the State's Seq the plan was made from
	Seconds int    `json:"seconds"` // how long the planner worked
}

// WavePublished makes a wave's part of the draft what people are told.
type WavePublished struct {
	Wave   string `json:"wave"`   // "" for seminars of units without a wave
	Change string `json:"change"` // Ref of a Change
}

// Change is the difference a publication makes.
type Change struct {
	Set  []PublishedSeminar `json:"set"`  // new and changed seminars, as they will be
	Drop []string           `json:"drop"` // ids of seminars that are cancelled
}

// LeadersSet records who leads a seminar from now on, after a claim or a hand-back.
type LeadersSet struct {
	Seminar string   `json:"seminar"`
	Leaders []string `json:"leaders"`
}

// FeedRotated retires a person's calendar address; the next has a higher generation.
type FeedRotated struct {
	Person string `json:"person"`
}

func (ProgrammeLoaded) eventType() string { return "programme.loaded" }
func (DraftSaved) eventType() string      { return "draft.saved" }
func (WavePublished) eventType() string   { return "wave.published" }
func (LeadersSet) eventType() string      { return "leaders.set" }
func (FeedRotated) eventType() string     { return "feed.rotated" }

type envelope struct {
	Type string          `json:"type"`
	Data json.RawMessage `json:"data"`
}

// EncodeEvents writes events as the journal keeps them.
func EncodeEvents(events []Event) (json.RawMessage, error) {
	list := make([]envelope, len(events))
	for i, e := range events {
		data, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		list[i] = envelope{e.eventType(), data}
	}
	return json.Marshal(list)
}

// DecodeEvents reads what EncodeEvents wrote. An unknown type is an error: the
// journal was written by a newer Kaskad, and folding past it would be wrong.
func DecodeEvents(data json.RawMessage) ([]Event, error) {
	var list []envelope
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("journal events: %w", err)
	}
	events := make([]Event, len(list))
	for i, e := range list {
		event, err := decodeEvent(e)
		if err != nil {
			return nil, err
		}
		events[i] = event
	}
	return events, nil
}

func decodeEvent(e envelope) (Event, error) {
	switch e.Type {
	case ProgrammeLoaded{}.eventType():
		return readEvent[ProgrammeLoaded](e)
	case DraftSaved{}.eventType():
		return readEvent[DraftSaved](e)
	case DraftEdited{}.eventType():
		return readEvent[DraftEdited](e)
	case DraftLocked{}.eventType():
		return readEvent[DraftLocked](e)
	case ProgrammeExtended{}.eventType():
		return readEvent[ProgrammeExtended](e)
	case ScenarioSaved{}.eventType():
		return readEvent[ScenarioSaved](e)
	case ScenarioDropped{}.eventType():
		return readEvent[ScenarioDropped](e)
	case ScenarioRestored{}.eventType():
		return readEvent[ScenarioRestored](e)
	case WavePublished{}.eventType():
		return readEvent[WavePublished](e)
	case LeadersSet{}.eventType():
		return readEvent[LeadersSet](e)
	case RosterAmended{}.eventType():
		return readEvent[RosterAmended](e)
	case ContactsChanged{}.eventType():
		return readEvent[ContactsChanged](e)
	case PeopleMerged{}.eventType():
		return readEvent[PeopleMerged](e)
	case PeopleParted{}.eventType():
		return readEvent[PeopleParted](e)
	case WavesSet{}.eventType():
		return readEvent[WavesSet](e)
	case FeedRotated{}.eventType():
		return readEvent[FeedRotated](e)
	case CircumstanceRecorded{}.eventType():
		return readEvent[CircumstanceRecorded](e)
	case CircumstanceWithdrawn{}.eventType():
		return readEvent[CircumstanceWithdrawn](e)
	case SeminarsEdited{}.eventType():
		return readEvent[SeminarsEdited](e)
	case PlanRepaired{}.eventType():
		return readEvent[PlanRepaired](e)
	case LockSet{}.eventType():
		return readEvent[LockSet](e)
	case FeedClosed{}.eventType():
		return readEvent[FeedClosed](e)
	case CalendarChosen{}.eventType():
		return readEvent[CalendarChosen](e)
	case FeedOpened{}.eventType():
		return readEvent[FeedOpened](e)
	case FeedRenewed{}.eventType():
		return readEvent[FeedRenewed](e)
	case FeedRemoved{}.eventType():
		return readEvent[FeedRemoved](e)
	case UnitContactSet{}.eventType():
		return readEvent[UnitContactSet](e)
	case ModuleNoted{}.eventType():
		return readEvent[ModuleNoted](e)
	case VenueLinked{}.eventType():
		return readEvent[VenueLinked](e)
	case AnswerGiven{}.eventType():
		return readEvent[AnswerGiven](e)
	case SeatBooked{}.eventType():
		return readEvent[SeatBooked](e)
	case AttendanceTaken{}.eventType():
		return readEvent[AttendanceTaken](e)
	case ActivityTypesSet{}.eventType():
		return readEvent[ActivityTypesSet](e)
	case ActivitySaved{}.eventType():
		return readEvent[ActivitySaved](e)
	case ActivityCancelled{}.eventType():
		return readEvent[ActivityCancelled](e)
	case ParticipationRecorded{}.eventType():
		return readEvent[ParticipationRecorded](e)
	case BusyTaken{}.eventType():
		return readEvent[BusyTaken](e)
	}
	return nil, fmt.Errorf("journal event %q is not known to this version of Kaskad; start a newer one", e.Type)
}

func readEvent[T Event](e envelope) (Event, error) {
	var event T
	if err := json.Unmarshal(e.Data, &event); err != nil {
		return nil, fmt.Errorf("journal event %q: %w", e.Type, err)
	}
	return event, nil
}
