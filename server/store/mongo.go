package store

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"
)

// Mongo is the store in a MongoDB database that several servers share. Every
// document's _id is its whole key, so the one index each collection has from
// birth is the only one needed. Writes wait for a journaled majority and reads
// see only what a majority has, from the primary: nothing read is ever rolled back.
type Mongo struct {
	client      *mongo.Client
	journal     *mongo.Collection // programme/number
	chunks      *mongo.Collection // content/part, of blobs and checkpoints
	checkpoints *mongo.Collection // programme/number: which chunks
	records     *mongo.Collection // bucket/id
}

const (
	defaultDatabase = "kaskad"
	// selectTimeout is how long to look for a primary. The URI may say otherwise
	// (serverSelectionTimeoutMS).
	selectTimeout = 5 * time.Second
	// callTimeout ends a call whose server has fallen silent; Commit then asks
	// again. The URI may say otherwise (timeoutMS).
	callTimeout = 8 * time.Second
)

// OpenMongo connects to the replica set, sharded cluster or server at uri, in
// the database its path names, or "kaskad".
//
// *UnreachableError within 10 s if nobody answers or the login is refused.
// No error text holds the password.
func OpenMongo(ctx context.Context, uri string) (Store, error) {
	parsed, err := connstring.ParseAndValidate(uri)
	if err != nil {
		return nil, badAddress(uri, err)
	}
	client, err := mongo.Connect(options.Client().
		SetAppName("kaskad").SetServerSelectionTimeout(selectTimeout).SetTimeout(callTimeout).
		ApplyURI(uri).
		SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: new(true)}).
		SetReadConcern(readconcern.Majority()).
		SetReadPreference(readpref.Primary()))
	if err != nil {
		return nil, badAddress(uri, err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	db := client.Database(databaseOf(parsed))
	m := &Mongo{client: client, journal: db.Collection("journal"), chunks: db.Collection("chunks"),
		checkpoints: db.Collection("checkpoints"), records: db.Collection("records")}
	if err := client.Ping(ctx, nil); err != nil {
		m.Close()
		return nil, &UnreachableError{Hosts: strings.Join(parsed.Hosts, ", "), Err: err}
	}
	if err := m.SelfCheck(ctx); err != nil {
		m.Close()
		return nil, fmt.Errorf("MongoDB at %s: %w", strings.Join(parsed.Hosts, ", "), err)
	}
	return m, nil
}

func databaseOf(parsed *connstring.ConnString) string {
	if parsed.Database == "" {
		return defaultDatabase
	}
	return parsed.Database
}

// badAddress explains a URI that cannot be read. The driver's words may quote a
// piece of a password, so they are left out when there may be one.
func badAddress(uri string, err error) error {
	var dns *net.DNSError // mongodb+srv: the hosts are looked up while reading
	if errors.As(err, &dns) {
		return &UnreachableError{Hosts: dns.Name, Err: dns}
	}
	if strings.Contains(uri, "@") {
		return errors.New("the MongoDB address cannot be read: it must look like mongodb://user:password@host:27017/kaskad, " +
			"with : / ? # [ ] @ % in user or password written as %3A %2F %3F %23 %5B %5D %40 %25")
	}
	return fmt.Errorf("the MongoDB address cannot be read: it must look like mongodb://host:27017/kaskad (%w)", err)
}

// UnreachableError says that MongoDB cannot be used at all.
type UnreachableError struct {
	Hosts string // as the URI names them, without user and password
	Err   error
}

func (e *UnreachableError) Error() string {
	var dns *net.DNSError
	if mongo.IsTimeout(e.Err) || mongo.IsNetworkError(e.Err) || errors.As(e.Err, &dns) {
		return fmt.Sprintf("MongoDB at %s does not answer: check that it runs, that it has a primary, and that this machine can reach it", e.Hosts)
	}
	return fmt.Sprintf("MongoDB at %s refuses the connection: check user, password and TLS settings (%v)", e.Hosts, e.Err)
}

func (e *UnreachableError) Unwrap() error { return e.Err }

// probeMark begins the _id of a probe. No programme or bucket does: see key.
const probeMark = "/self-check/"

func (m *Mongo) SelfCheck(ctx context.Context) error {
	for _, c := range []*mongo.Collection{m.journal, m.records} {
		id := bson.M{"_id": probeMark + NewNonce()}
		if err := probe(func() error { return insertDoc(ctx, c, id) }); err != nil {
			return err
		}
		if _, err := c.DeleteMany(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Close ends all connections, waiting a few seconds at most.
func (m *Mongo) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), selectTimeout)
	defer cancel()
	return m.client.Disconnect(ctx)
}
