// Package scheduler makes plans for training cascades: who attends which
// seminar, when, where and led by whom.
//
// Solve turns a model.Problem into a model.Plan that obeys every rule of the
// open format's contract, meets as many needs as it can and then costs as few
// minutes as it can. Options bounds the run, Progress tells how far it is.
//
// The package never reads a clock, a file or a global source of randomness:
// the seed and the time come in through Options.
package scheduler
