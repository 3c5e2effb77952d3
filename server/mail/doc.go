// Package mail puts what people must be told into mails and sends them.
//
// The names to know: Compose writes the letter around an invitation, Message
// is a mail, Sender takes it away: NewSMTP to a mail server, NewOutbox to files
// in a folder when there is none.
//
// A Message always gives the same bytes, so that one sent twice, because its
// sender was stopped in between, is the same mail for every reader. Nothing
// here reads a clock. It must never write to somebody with protected identity.
package mail
