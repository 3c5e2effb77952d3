// Package check judges a plan straight from the open format's contract
// ("The planning problem and the plan", format kaskad/plan/1), so that nobody
// has to trust the planner: Check says which H rules a plan breaks, what it
// costs and how many people it moves.
//
// The names to know are Check, Report and Violation. The package takes only
// its types from model: distances, defaults, needs and dates are worked out here
// a second time on purpose, and it must never import the engine it judges. It
// is written to be read beside the contract, one file per rule.
//
// # Where the contract leaves a choice
//
// Format ("F"). A plan that does not fit its problem is invalid under the code
// F. A seminar with an unknown tier, module, slot or venue is reported, still
// counts as "attended" for its people's needs, and is left out of every other
// rule but H12 and of every cost. An unknown person is reported and left out; the rest of the
// seminar is judged. A module missing from the seminar's tier is no format
// error: H1 decides, by what the attendees need.
//
// H1. Listing a person twice in one seminar is attending twice. An attendance
// that H1 refuses (a second one in the plan's order, one in another tier or one
// not needed) is judged by H1 alone: no other rule and no cost counts it, as
// the contract's vectors have it for the second one. Only its seat is taken (H2).
//
// H2, H6. Seats and leaders are counted over the ids listed, known or not, each
// once, and H6 compares the two lists.
//
// H3. Somebody who attends and leads the same seminar breaks H6, not H3.
//
// H4. "Starts only after" compares starts, as the start is all that is known of
// a done module; equal starts break the rule. A pair of which both are done is
// not the plan's doing and is not judged. Done modules outside the tier's list
// have no place in the order but keep the gap. A module both needed and done
// must still be attended before the later ones. With order "free" only the gap
// holds.
//
// H5. Both readings of "at least prepDays after attending it" must hold: the
// leading starts after the attendance does, and at least prepDays calendar
// days later. Who has no tier has no prepDays: only "after" remains, for a done
// module. A module both done and attended counts from the earlier. Somebody
// without leads may lead nothing; what is led all the same counts for every
// other rule and cost.
//
// H7. Days and weeks are those of the slot's start. Travel between venues is
// asked of every two seminars the leader leads on one day, overlapping ones
// included (their time between is negative). 2.1 is taken word for word: the
// later venue being online makes the trip 0, the earlier one being online does
// not. The matrix names units and is not asked.
//
// H8, H9. A seminar runs, and its people are away, from the slot's start up to
// but not including its end, online or not. Somebody in two seminars at once
// is one person away.
//
// H10. A slot is inside [from, to) when it starts at from or later and ends at
// to or earlier. Leading is not bound to the wave.
//
// H12. "Exactly" means the same id, tier, module, slot, venue, leaders in the
// same order, and the same attendees in any order; seminars are compared as
// written, fitting or not. New seminars before frozenUntil are allowed, as
// nothing in the contract forbids them.
//
// H13, disruption. An attendance is matched by (person, module) and its slot by
// slot id. A published leading is kept when its leader leads the same tier and
// module in the same slot; the seminar's id and venue may change. A published
// person the problem no longer knows counts as dropped.
//
// Travel. The matrix overrides all of 2.1, online venues included.
//
// Costs. "Unmet" counts needs nobody attends, whatever the plan's unmet list
// says. Mix looks at every sector with a person of the tier, whatever that
// person needs. Pace includes pairs that are both done. The first slot of
// earliness is the one that starts first. A seminar without leaders has no
// leaders[0] and adds nobody to continuity.
//
// Check expects a problem as model.DecodeProblem returns it. A reference in the
// problem that leads nowhere reads as an absent one.
package check
