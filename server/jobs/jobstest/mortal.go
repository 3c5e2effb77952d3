package jobstest

import (
	"context"
	"errors"
	"sync/atomic"

	"kaskad/server/mail"
	"kaskad/server/store"
)

// errDead is what a server that has died gets of everything: nothing reaches
// the world any more, and nothing is heard of it.
var errDead = errors.New("this server is dead")

// life is how many more steps a server takes before it dies. A step is a call of
// the store or a mail. The last takes effect, and the server dies before it hears so.
type life struct {
	steps atomic.Int64
	dies  func() // nil: it goes on, and everything fails
}

// Mortal are a store and a way for mails that take so many steps, after which
// dies is called; it must not return.
func Mortal(s store.Store, to mail.Sender, steps int64, dies func()) (store.Store, mail.Sender) {
	l := &life{dies: dies}
	l.steps.Store(steps)
	return mortal{s, l}, mouth{func(ctx context.Context, m mail.Message, _ *life) error { return to.Send(ctx, m) }, l}
}

const forEver = 1 << 40

func (l *life) step() (works, heard bool) {
	left := l.steps.Add(-1)
	return left >= 0, left > 0
}

func (l *life) do(call func() error) error {
	works, heard := l.step()
	if !works {
		return errDead
	}
	err := call()
	if heard {
		return err
	}
	if l.dies != nil {
		l.dies()
	}
	return errDead
}

func left(l *life) int64 { return l.steps.Load() }

// mortal is a store as a server sees it that may die.
type mortal struct {
	store.Store
	life *life
}

func (m mortal) Append(ctx context.Context, e store.Entry) error {
	return m.life.do(func() error { return m.Store.Append(ctx, e) })
}

func (m mortal) PutBlob(ctx context.Context, data []byte) (hash string, err error) {
	err = m.life.do(func() error { hash, err = m.Store.PutBlob(ctx, data); return err })
	return hash, err
}

func (m mortal) Entry(ctx context.Context, programme string, seq uint64) (e store.Entry, err error) {
	err = m.life.do(func() error { e, err = m.Store.Entry(ctx, programme, seq); return err })
	return e, err
}

func (m mortal) Insert(ctx context.Context, bucket, id string, doc []byte) error {
	return m.life.do(func() error { return m.Store.Insert(ctx, bucket, id, doc) })
}

func (m mortal) Put(ctx context.Context, bucket, id string, doc []byte) error {
	return m.life.do(func() error { return m.Store.Put(ctx, bucket, id, doc) })
}

func (m mortal) Get(ctx context.Context, bucket, id string) (doc []byte, err error) {
	err = m.life.do(func() error { doc, err = m.Store.Get(ctx, bucket, id); return err })
	return doc, err
}

func (m mortal) Delete(ctx context.Context, bucket, id string) error {
	return m.life.do(func() error { return m.Store.Delete(ctx, bucket, id) })
}

func (m mortal) All(ctx context.Context, bucket string, fn func(string, []byte) error) error {
	return m.life.do(func() error { return m.Store.All(ctx, bucket, fn) })
}

// mouth is the way to the mail server of a server that may die.
type mouth struct {
	take func(context.Context, mail.Message, *life) error
	life *life
}

func (m mouth) Describe() string { return "a test" }

func (m mouth) Send(ctx context.Context, message mail.Message) error {
	return m.life.do(func() error { return m.take(ctx, message, m.life) })
}
