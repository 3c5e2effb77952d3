// Package advise answers questions about a plan: who could lead a seminar,
// where else it could be, which seats fit a person, what a change would break,
// and why things are as they are.
//
// Three names to know: Desk, at which the questions are asked; Answer, a change
// that the rules allow, with what it costs and who would have to be told; and
// scheduler.Block, a fact that stands against something. Every answer is tried
// on the plan before it is given, and nothing here changes the plan.
//
// The package has no words: reasons are facts and figures, which those who show
// them put into sentences.
package advise
