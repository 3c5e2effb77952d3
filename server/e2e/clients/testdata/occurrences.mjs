// Lists with ical.js when the events of calendars keep somebody busy in 2026 to
// 2028: one JSON array of [from, to] in seconds since 1970 a file.
import { readFileSync } from "node:fs";
import ICAL from "./ical.min.mjs";

const last = ICAL.Time.fromDateTimeString("2029-01-01T00:00:00Z");

function seconds(time, zone) {
  if (!time.isDate) return time.toUnixTime();
  const midnight = time.clone();
  midnight.isDate = false;
  midnight.zone = zone;
  return midnight.toUnixTime();
}

function busy(component) {
  return component.getFirstPropertyValue("status") !== "CANCELLED" && component.getFirstPropertyValue("transp") !== "TRANSPARENT";
}

function occurrences(calendar) {
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
  const events = calendar.getAllSubcomponents("vevent").map((c) => new ICAL.Event(c));
  const found = [];
  const add = (item, start, end) => busy(item.component) && found.push([seconds(start, zone), seconds(end, zone)]);
  for (const event of events.filter((e) => !e.isRecurrenceException())) {
    if (!event.isRecurring()) {
      add(event, event.startDate, event.endDate);
      continue;
    }
    const iterator = event.iterator();
    for (let next = iterator.next(); next && next.compare(last) < 0; next = iterator.next()) {
      const details = event.getOccurrenceDetails(next);
      add(details.item, details.startDate, details.endDate);
    }
  }
  return found;
}

for (const path of process.argv.slice(2)) {
  console.log(JSON.stringify(occurrences(new ICAL.Component(ICAL.parse(readFileSync(path, "utf8"))))));
}
