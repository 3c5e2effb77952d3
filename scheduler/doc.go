// Package scheduler makes plans for training cascades: who attends which
// seminar, when, where and led by whom.
//
// Solve turns a model.Problem into a model.Plan that obeys every rule of the
// open format's contract, meets as many needs as it can and then costs as few
// minutes as it can. The three names to know are Solve, Options, which bounds
// a run, and Progress, which tells how far it is and how much better any plan
// could be at most.
//
// # How a plan is made
//
// The problem is compiled into flat arrays (compile*.go) that nobody writes
// afterwards. A state (state.go) is a plan in the making over those arrays; its
// price is kept up to date by each operation (cost.go), and the rules are asked
// before it (rules.go). Then, tier by tier from the top of the cascade:
//
//   - catchment.go cuts people into catchments of venues by a Lagrangian
//     relaxation (flow.go, relax.go) in which time is left out;
//   - construct.go holds series of seminars at each venue, one leader and fitting
//     slots for all modules, and insert.go seats whom no series suited;
//   - anneal.go improves the whole by simulated annealing over the
//     neighbourhoods in moves_*.go, cooled as cooling.go says;
//   - repair.go gives up what is not complete, and reason.go says of every
//     need that stays unmet which fact blocks it.
//
// bound*.go proves what no plan can undercut. docs/planner.md has the formula,
// the pseudocode and the papers.
//
// # Promises
//
// The same problem, seed and iterations give the same plan, byte for byte. A
// run can be stopped at any time and returns the best plan so far. The package
// never reads a clock, a file or a global source of randomness: the seed and
// the time come in through Options.
package scheduler
