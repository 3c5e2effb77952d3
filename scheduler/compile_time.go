package scheduler

import (
	"sort"
	"time"

	"kaskad/model"
)

// slotTable is the programme's time: slots in order of start, cut into
// segments. A segment is a stretch of time in which the same slots run, so
// "at any instant" (H8, H9) and "overlap in time" (H3) are counted per segment.
// Where no slots overlap, as is usual, a slot is one segment.
type slotTable struct {
	original         []int32 // index in Problem.Slots
	start, end       []int64 // seconds
	day, week        []int32 // dense local calendar day and ISO week, in order
	date             []int32 // local calendar day as days since 1970
	halfDay          []uint8 // weekday × 3 + am, pm, eve
	segFrom, segTo   []int32
	segments         int
	days, weeks      int
	zone             []int32 // connected group of overlapping waves, 0 outside all
	zones            int
	zoneFrom, zoneTo []int32 // slots in which people of a zone may attend lie between; all for zone 0
	waveZone         []int32
	longest          int64
	waveFrom, waveTo []int64
}

func (s *slotTable) len() int { return len(s.start) }

func compileSlots(slots []model.Slot, waves []model.Wave, loc *time.Location) slotTable {
	var s slotTable
	for i := range slots {
		s.original = append(s.original, int32(i))
	}
	sort.SliceStable(s.original, func(i, j int) bool {
		a, b := &slots[s.original[i]], &slots[s.original[j]]
		if !a.Start.Equal(b.Start) {
			return a.Start.Before(b.Start)
		}
		return a.End.Before(b.End)
	})
	dayOf, weekOf := map[int32]int32{}, map[[2]int]int32{}
	for _, i := range s.original {
		at := slots[i].Start.In(loc)
		s.start = append(s.start, slots[i].Start.Unix())
		s.end = append(s.end, slots[i].End.Unix())
		s.longest = max(s.longest, slots[i].End.Unix()-slots[i].Start.Unix())
		date := localDay(at)
		if _, ok := dayOf[date]; !ok {
			dayOf[date] = int32(len(dayOf))
		}
		y, w := at.ISOWeek()
		if _, ok := weekOf[[2]int{y, w}]; !ok {
			weekOf[[2]int{y, w}] = int32(len(weekOf))
		}
		s.date = append(s.date, date)
		s.day = append(s.day, dayOf[date])
		s.week = append(s.week, weekOf[[2]int{y, w}])
		s.halfDay = append(s.halfDay, halfDayOf(at))
	}
	s.days, s.weeks = len(dayOf), len(weekOf)
	s.cutSegments()
	s.findZones(waves)
	return s
}

// localDay is the calendar date of t in its own zone, as days since 1970-01-01.
func localDay(t time.Time) int32 {
	y, m, d := t.Date()
	return int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / day)
}

func halfDayOf(t time.Time) uint8 {
	part := uint8(2)
	if t.Hour() < 12 {
		part = 0
	} else if t.Hour() < 17 {
		part = 1
	}
	return uint8(t.Weekday())*3 + part
}

// halfDayBit is the bit of a named half-day such as "mon-am", 0 for an unknown name.
func halfDayBit(h model.HalfDay) uint32 {
	for d, wd := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		for k, part := range []string{"am", "pm", "eve"} {
			if string(h) == wd+"-"+part {
				return 1 << (d*3 + k)
			}
		}
	}
	return 0
}

func (s *slotTable) cutSegments() {
	cuts := make([]int64, 0, 2*s.len())
	for i := range s.start {
		cuts = append(cuts, s.start[i], s.end[i])
	}
	sort.Slice(cuts, func(i, j int) bool { return cuts[i] < cuts[j] })
	// Stretches that no slot covers get no segment.
	seg := map[int64]int32{}
	covered, next := int64(0), 0
	for i, from := range cuts {
		if i > 0 && from == cuts[i-1] {
			continue
		}
		for next < s.len() && s.start[next] <= from {
			covered = max(covered, s.end[next])
			next++
		}
		seg[from] = int32(s.segments)
		if next > 0 && covered > from {
			s.segments++
		}
	}
	for i := range s.start {
		s.segFrom = append(s.segFrom, seg[s.start[i]])
		s.segTo = append(s.segTo, seg[s.end[i]])
	}
}

// findZones groups waves that overlap in time. Disjoint waves never share a
// seminar, so seminars are filed by zone; people without a wave may use all.
func (s *slotTable) findZones(waves []model.Wave) {
	s.waveZone = make([]int32, len(waves))
	order := make([]int, len(waves))
	for i := range waves {
		order[i] = i
		s.waveFrom = append(s.waveFrom, waves[i].From.Unix())
		s.waveTo = append(s.waveTo, waves[i].To.Unix())
	}
	sort.SliceStable(order, func(i, j int) bool { return s.waveFrom[order[i]] < s.waveFrom[order[j]] })
	zone, until := int32(0), int64(0)
	s.zone = make([]int32, s.len())
	for k, i := range order {
		if k == 0 || s.waveFrom[i] >= until {
			zone++
		}
		until = max(until, s.waveTo[i])
		s.waveZone[i] = zone
		for t := range s.start {
			if s.inWave(int32(t), int32(i)) {
				s.zone[t] = zone
			}
		}
	}
	s.zones = int(zone) + 1
	s.zoneFrom, s.zoneTo = make([]int32, s.zones), make([]int32, s.zones)
	s.zoneTo[0] = int32(s.len())
	for t, z := range s.zone {
		if z > 0 && s.zoneTo[z] == 0 {
			s.zoneFrom[z] = int32(t)
		}
		if z > 0 {
			s.zoneTo[z] = int32(t) + 1
		}
	}
}

func (s *slotTable) byID(slots []model.Slot) map[string]int32 {
	m := make(map[string]int32, len(slots))
	for t, i := range s.original {
		m[slots[i].ID] = int32(t)
	}
	return m
}

// longEnough marks the slots in which a module of that many minutes fits (H3).
func (s *slotTable) longEnough(minutes int) []uint64 {
	row := make([]uint64, (s.len()+63)/64)
	for t := range s.start {
		if s.end[t] > s.start[t] && s.end[t]-s.start[t] >= int64(minutes)*60 {
			setBit(row, int32(t))
		}
	}
	return row
}

func (s *slotTable) openAll(row []uint64) {
	for t := range s.start {
		setBit(row, int32(t))
	}
}

// closeFor clears the slots that overlap one of the intervals.
func (s *slotTable) closeFor(row []uint64, closed []model.Interval) {
	for _, iv := range closed {
		from, to := iv.From.Unix(), iv.To.Unix()
		first := sort.Search(s.len(), func(i int) bool { return s.start[i] > from-s.longest-1 })
		for t := first; t < s.len() && s.start[t] < to; t++ {
			if from < s.end[t] {
				row[t>>6] &^= 1 << (uint(t) & 63)
			}
		}
	}
}
