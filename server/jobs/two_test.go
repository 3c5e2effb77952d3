package jobs_test

import (
	"testing"

	"kaskad/server/jobs/jobstest"
	"kaskad/server/store"
)

func TestTwoServersLoseNoMessageAndDoubleNone(t *testing.T) {
	stores := map[uint64]*store.Memory{}
	jobstest.TwoServers(t, 8, func(_ *testing.T, seed uint64) store.Store {
		if stores[seed] == nil {
			stores[seed] = store.OpenMemory()
		}
		return stores[seed]
	})
}
