"""Lists with recurring_ical_events when the events of calendars keep somebody busy
in 2026 to 2028: one JSON array of [from, to] in seconds since 1970 a file."""
import datetime
import json
import sys
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def seconds(time):
    if not isinstance(time, datetime.datetime):
        time = datetime.datetime(time.year, time.month, time.day, tzinfo=STOCKHOLM)
    return int(time.timestamp())


def busy(event):
    return event.get("STATUS") != "CANCELLED" and event.get("TRANSP") != "TRANSPARENT"


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        events = recurring_ical_events.of(Calendar.from_ical(file.read())).between((2026, 1, 1), (2029, 1, 1))
    print(json.dumps([[seconds(e["DTSTART"].dt), seconds(e["DTEND"].dt)] for e in events if busy(e)]))
