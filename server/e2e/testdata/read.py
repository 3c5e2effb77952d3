"""Reads a calendar with python-icalendar and prints its events as JSON."""
import json
import sys

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())
events = calendar.walk("VEVENT")
errors = [str(x) for part in [calendar, *events] for x in part.errors]
if errors:
    sys.exit("\n".join(errors))
json.dump([{"start": int(e.decoded("DTSTART").timestamp()), "title": str(e["SUMMARY"])} for e in events], sys.stdout)
