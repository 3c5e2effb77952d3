"""Reads a calendar with python-icalendar and prints what it understood as JSON."""
import json
import sys

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())
events = []
for e in calendar.walk("VEVENT"):
    attendees = e.get("ATTENDEE", [])
    if not isinstance(attendees, list):
        attendees = [attendees]
    organizer = e.get("ORGANIZER")
    events.append({
        "uid": str(e["UID"]), "sequence": int(e["SEQUENCE"]), "summary": str(e["SUMMARY"]),
        "location": str(e.get("LOCATION", "")), "description": str(e.get("DESCRIPTION", "")),
        "start": int(e.decoded("DTSTART").timestamp()), "end": int(e.decoded("DTEND").timestamp()),
        "stamp": int(e.decoded("DTSTAMP").timestamp()), "status": str(e.get("STATUS", "")),
        "transparent": str(e.get("TRANSP", "")) == "TRANSPARENT", "alarms": len(e.walk("VALARM")),
        "organizer": str(organizer) if organizer is not None else "",
        "organizerName": str(organizer.params.get("CN", "")) if organizer is not None else "",
        "attendees": [str(a) for a in attendees],
        "attendeeNames": [str(a.params.get("CN", "")) for a in attendees],
        "errors": [str(x) for x in e.errors],
    })
json.dump({
    "method": str(calendar.get("METHOD", "")), "name": str(calendar.get("X-WR-CALNAME", "")),
    "zones": [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")], "events": events,
    "errors": [str(x) for x in calendar.errors],
}, sys.stdout)
