package scheduler

// H10: "a person whose unit has a wave attends only in slots inside [from, to) of it",
// which is compiled into attendOK.

// inWave: the slot lies inside [from, to) of the wave (H10).
func (s *slotTable) inWave(t, wave int32) bool {
	return s.start[t] >= s.waveFrom[wave] && s.end[t] <= s.waveTo[wave]
}
