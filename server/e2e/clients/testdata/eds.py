"""Is a GNOME calendar: evolution-data-server with a subscription and a calendar
of one's own. Takes questions as lines of JSON and answers each with a line.

Start it within dbus-run-session, with XDG_*_HOME set to folders of its own.
"""
import json
import sys
import time

import gi

gi.require_version("EDataServer", "1.2")
gi.require_version("ECal", "2.0")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, GLib, ICalGLib  # noqa: E402

NOT_WAITING = 0xFFFFFFFF  # for a connection: what is asked for comes when it comes
registry = EDataServer.SourceRegistry.new_sync(None)
clients = {}


def open_calendar(name, backend, prepare=lambda source: None):
    source = EDataServer.Source.new_with_uid(name, None)
    source.set_display_name(name)
    source.set_parent(backend + "-stub")
    source.get_extension("Calendar").set_backend_name(backend)
    prepare(source)
    registry.commit_source_sync(source, None)
    clients[name] = connect(name)


def connect(name, patience=20.0):
    """The calendar factory is a process of its own and hears of a new source a
    moment after the registry has taken it in."""
    until = time.monotonic() + patience
    while True:
        try:
            return ECal.Client.connect_sync(registry.ref_source(name), ECal.ClientSourceType.EVENTS, NOT_WAITING, None)
        except GLib.Error as error:
            if "No such source" not in error.message or time.monotonic() > until:
                raise
            time.sleep(0.1)


def subscribe(url):
    def prepare(source):
        source.get_extension("WebDAV Backend").set_uri(GLib.Uri.parse(url, GLib.UriFlags.NONE))
        source.get_extension("Security").set_method("none")
        source.get_extension("Authentication").set_host("127.0.0.1")

    open_calendar("feed", "webcal", prepare)


def refresh():
    clients["feed"].refresh_sync(None)


def receive(object):
    clients["own"].receive_objects_sync(ICalGLib.Component.new_from_string(object), ECal.OperationFlags.NONE, None)


def seconds(client, event, kind):
    prop = event.get_first_property(kind)
    zone = prop.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    time = prop.get_value().get_datetime()
    if zone is None:
        return time.as_timet_with_zone(ICalGLib.Timezone.get_utc_timezone())
    return time.as_timet_with_zone(client.get_timezone_sync(zone.get_tzid(), None)[1])


def status(event):
    prop = event.get_first_property(ICalGLib.PropertyKind.STATUS_PROPERTY)
    return prop.get_value_as_string() if prop else ""


def entries(calendar):
    client = clients[calendar]
    return [{
        "uid": event.get_uid(), "sequence": event.get_sequence(), "summary": event.get_summary() or "",
        "location": event.get_location() or "", "description": event.get_description() or "", "status": status(event),
        "start": seconds(client, event, ICalGLib.PropertyKind.DTSTART_PROPERTY),
        "end": seconds(client, event, ICalGLib.PropertyKind.DTEND_PROPERTY),
    } for event in client.get_object_list_sync("#t", None)[1]]


open_calendar("own", "local")
verbs = {"subscribe": subscribe, "refresh": refresh, "receive": receive, "entries": entries}
for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = {"entries": verbs[question.pop("do")](**question)}
    except Exception as error:  # whatever it is, the test must hear of it
        answer = {"error": repr(error)}
    print(json.dumps(answer), flush=True)
