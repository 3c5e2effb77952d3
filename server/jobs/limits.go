package jobs

import (
	"slices"
	"time"
)

// Limits are how many messages the mail server takes; 0 is no limit.
type Limits struct{ PerMinute, PerDay int }

// room is how many messages may be sent now.
func (o *Outbox) room() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.Now().UnixMilli()
	day, _ := slices.BinarySearch(o.tried, now-dayMillis+1)
	o.tried = o.tried[day:]
	return o.Limits.room(o.tried, now)
}

const minuteMillis, dayMillis = 60_000, 24 * 60 * minuteMillis

// room is how many more attempts fit after those that were made, given in order.
func (l Limits) room(tried []int64, now int64) int {
	since := func(millis int64) int {
		from, _ := slices.BinarySearch(tried, now-millis+1)
		return len(tried) - from
	}
	room := 1 << 30
	if l.PerMinute > 0 {
		room = max(0, l.PerMinute-since(minuteMillis))
	}
	if l.PerDay > 0 {
		room = min(room, max(0, l.PerDay-since(dayMillis)))
	}
	return room
}

// finish is when so many messages will have left, if all goes well.
func (o *Outbox) finish(n int) time.Time {
	o.mu.Lock()
	tried := slices.Clone(o.tried)
	o.mu.Unlock()
	now := o.Now().UnixMilli()
	for {
		room := o.Limits.room(tried, now)
		tried = append(tried, slices.Repeat([]int64{now}, min(room, n))...)
		if n -= room; n <= 0 {
			return time.UnixMilli(now).UTC()
		}
		now += minuteMillis
		if day := o.Limits.PerDay; day > 0 && len(tried) >= day {
			now = max(now, tried[len(tried)-day]+dayMillis)
		}
	}
}
