// Package bench measures the planner against the truth: against proven optima
// of small problems, against general solvers given the same rules and time,
// and against its own bound where no optimum is known.
//
// The names to know are Build, which writes a problem as a mixed-integer
// program with every rule and every cost of the contract in it; Prove, which
// has a solver find and prove the optimum; and the reports Quality, Scale,
// Peers and Corpus, which the command "bench" prints.
//
// Solvers are other people's programs, found on PATH when a report is made. The
// product needs none of them, and this package never judges a plan by itself:
// whatever made it, scheduler/check says what it costs. It shares no arithmetic
// with the engine it measures.
package bench
