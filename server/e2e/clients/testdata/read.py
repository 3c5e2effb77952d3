"""Reads calendars with python-icalendar and prints one JSON object a file."""
import json
import sys

from icalendar import Calendar


def seconds(event, name):
    return int(event.decoded(name).timestamp())


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def entry(event):
    attendees = listed(event.get("ATTENDEE"))
    parameters = attendees[0].params if attendees else {}
    return {
        "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "summary": str(event["SUMMARY"]),
        "location": str(event.get("LOCATION", "")), "description": str(event.get("DESCRIPTION", "")),
        "start": seconds(event, "DTSTART"), "end": seconds(event, "DTEND"), "stamp": seconds(event, "DTSTAMP"),
        "status": str(event.get("STATUS", "")), "transparency": str(event.get("TRANSP", "")),
        "organizer": str(event.get("ORGANIZER", "")), "attendee": str(attendees[0]) if attendees else "",
        "attendeeName": str(parameters.get("CN", "")), "answer": str(parameters.get("PARTSTAT", "")),
        "attendees": len(attendees), "alarms": len(event.walk("VALARM")),
    }


def reading(path):
    with open(path, "rb") as file:
        try:
            calendar = Calendar.from_ical(file.read())
        except ValueError as error:
            return {"errors": [str(error)]}
    events = calendar.walk("VEVENT")
    errors = [str(error) for part in [calendar, *events] for error in part.errors]
    busy = [period for part in calendar.walk("VFREEBUSY") for period in listed(part.get("FREEBUSY"))]
    return {
        "errors": errors, "method": str(calendar.get("METHOD", "")), "events": [entry(e) for e in events],
        "busy": [[int(period.start.timestamp()), int(period.end.timestamp())] for period in busy],
    }


for path in sys.argv[1:]:
    print(json.dumps(reading(path)))
