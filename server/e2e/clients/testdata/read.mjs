// Reads calendars with ical.js, Thunderbird's parser, and prints one JSON
// object a file. Times are found by the calendar's own VTIMEZONE: ical.js
// knows no other zone, and reads a time whose zone is missing as floating.
import { readFileSync } from "node:fs";
import ICAL from "./ical.min.mjs";

function seconds(event, name, errors) {
  const time = event.getFirstPropertyValue(name);
  if (!time) return 0;
  if (time.zone === ICAL.Timezone.localTimezone) errors.push(`${name} is in no known zone`);
  return time.toUnixTime();
}

function entry(event, errors) {
  const value = (name) => String(event.getFirstPropertyValue(name) ?? "");
  const attendees = event.getAllProperties("attendee");
  const parameter = (name) => attendees[0]?.getFirstParameter(name) ?? "";
  return {
    uid: value("uid"), sequence: event.getFirstPropertyValue("sequence"), summary: value("summary"),
    location: value("location"), description: value("description"),
    start: seconds(event, "dtstart", errors), end: seconds(event, "dtend", errors), stamp: seconds(event, "dtstamp", errors),
    status: value("status"), transparency: value("transp"), organizer: value("organizer"), attendee: value("attendee"),
    attendeeName: parameter("cn"), answer: parameter("partstat"), attendees: attendees.length,
    alarms: event.getAllSubcomponents("valarm").length,
  };
}

function reading(path) {
  try {
    const errors = [];
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
    const events = calendar.getAllSubcomponents("vevent").map((e) => entry(e, errors));
    const busy = calendar.getAllSubcomponents("vfreebusy").flatMap((c) => c.getAllProperties("freebusy"))
      .flatMap((p) => p.getValues()).map((period) => [period.start.toUnixTime(), period.getEnd().toUnixTime()]);
    return { errors, method: calendar.getFirstPropertyValue("method") ?? "", events, busy };
  } catch (error) {
    return { errors: [String(error)] };
  }
}

for (const path of process.argv.slice(2)) console.log(JSON.stringify(reading(path)));
