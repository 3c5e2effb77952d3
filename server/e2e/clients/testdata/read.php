<?php
// Reads calendars with sabre/vobject, the parser of Nextcloud and Baikal, and
// prints one JSON object a file.
error_reporting(E_ALL & ~E_DEPRECATED); // Debian's release is older than its PHP
require 'Sabre/VObject/includes.php';

use Sabre\VObject;

function seconds($event, $name)
{
    $property = $event->$name;
    return $property ? $property->getDateTime()->getTimestamp() : 0;
}

function entry($event)
{
    // This release leaves the backslashes of \, and \; where they are.
    $value = fn ($name) => strtr((string) $event->$name, ['\\,' => ',', '\\;' => ';']);
    $attendee = $event->ATTENDEE;
    return [
        'uid' => $value('UID'), 'sequence' => (int) $value('SEQUENCE'), 'summary' => $value('SUMMARY'),
        'location' => $value('LOCATION'), 'description' => $value('DESCRIPTION'),
        'start' => seconds($event, 'DTSTART'), 'end' => seconds($event, 'DTEND'), 'stamp' => seconds($event, 'DTSTAMP'),
        'status' => $value('STATUS'), 'transparency' => $value('TRANSP'), 'organizer' => $value('ORGANIZER'),
        'attendee' => $value('ATTENDEE'), 'attendeeName' => $attendee ? (string) $attendee['CN'] : '',
        'answer' => $attendee ? (string) $attendee['PARTSTAT'] : '', 'attendees' => $attendee ? count($attendee) : 0,
        'alarms' => $event->VALARM ? count($event->VALARM) : 0,
    ];
}

function reading($path)
{
    try {
        $calendar = VObject\Reader::read(file_get_contents($path));
        $events = [];
        foreach ($calendar->VEVENT ?? [] as $event) {
            $events[] = entry($event);
        }
        $busy = [];
        foreach ($calendar->VFREEBUSY->FREEBUSY ?? [] as $period) {
            $busy[] = array_map(fn ($time) => VObject\DateTimeParser::parseDateTime($time)->getTimestamp(), explode('/', (string) $period));
        }
        $errors = array_map(fn ($fault) => $fault['message'], $calendar->validate());
        return ['errors' => array_values($errors), 'method' => (string) $calendar->METHOD, 'events' => $events, 'busy' => $busy];
    } catch (Exception $error) {
        return ['errors' => [$error->getMessage()]];
    }
}

foreach (array_slice($argv, 1) as $path) {
    echo json_encode(reading($path)), "\n";
}
