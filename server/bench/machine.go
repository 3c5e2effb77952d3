package bench

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// Machine is one line on what a report ran on.
func Machine(date string) string {
	return fmt.Sprintf("%s, %d processors, %s %s/%s, %s", processor(), runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, date)
}

// processor is the model the operating system names, where it names one.
func processor() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}

// processUse is what the operating system says of this process: processor time
// in seconds and the most memory it ever held, in bytes; zeros where it says nothing.
func processUse() (seconds float64, peak int64) {
	if data, err := os.ReadFile("/proc/self/stat"); err == nil {
		// Fields 14 and 15, counted after the name in brackets, in hundredths of seconds.
		text := string(data)
		fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
		if len(fields) > 12 {
			user, _ := strconv.ParseFloat(fields[11], 64)
			system, _ := strconv.ParseFloat(fields[12], 64)
			seconds = (user + system) / 100
		}
	}
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return seconds, 0
	}
	for line := range strings.Lines(string(data)) {
		if text, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, _ := strconv.ParseInt(strings.Fields(text)[0], 10, 64)
			peak = kilobytes << 10
		}
	}
	return seconds, peak
}
