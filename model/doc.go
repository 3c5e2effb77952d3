// Package model is the vocabulary of Kaskad: what a training cascade is.
//
// Problem and Plan are the open exchange format. State is a running programme,
// folded from a list of events; State.Decide turns a command into events or a
// sentence saying why not, and State.Apply takes one journal entry in.
//
// The package is pure: no clock, no files, no randomness, no goroutines.
package model
