package model_test

import (
	"testing"
	"time"

	"kaskad/model"
)

func TestJoinedTimesDoNotTouch(t *testing.T) {
	hour := func(h int) time.Time { return time.Date(2027, 3, 1, h, 0, 0, 0, time.UTC) }
	got := model.Joined([]model.Interval{{From: hour(5), To: hour(6)}, {From: hour(1), To: hour(3)}, {From: hour(2), To: hour(4)}, {From: hour(4), To: hour(5)},
		{From: hour(9), To: hour(8)}, {From: hour(7), To: hour(8)}, {From: hour(1), To: hour(2)}})
	if len(got) != 2 || !got[0].To.Equal(hour(6)) || !got[1].From.Equal(hour(7)) {
		t.Errorf("Joined = %v", got)
	}
}
