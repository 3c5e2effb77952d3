/* Reads calendars with libical, the parser under GNOME's and KDE's calendars,
   and prints one JSON object a file: what it understood, and in "errors" every
   violation of RFC 5545, 5546 and 7986 that libical's restriction check knows.
   Times are found by the calendar's own VTIMEZONE, not by this machine's. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void quoted(const char *value)
{
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)(value ? value : ""); *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c < ' ')
            printf("\\u%04x", *c);
        else
            putchar(*c);
    }
    putchar('"');
}

static void quote(const char *name, const char *value, const char *end)
{
    printf("\"%s\":", name);
    quoted(value);
    printf("%s", end);
}

static icalproperty *first(icalcomponent *c, icalproperty_kind kind)
{
    return icalcomponent_get_first_property(c, kind);
}

/* instant is a property as seconds since 1970. */
static long instant(icalcomponent *c, icalproperty_kind kind)
{
    icalproperty *p = first(c, kind);
    if (!p)
        return 0;
    struct icaltimetype t = icalproperty_get_datetime_with_component(p, c);
    return (long)icaltime_as_timet_with_zone(t, t.zone);
}

static const char *value(icalcomponent *c, icalproperty_kind kind)
{
    icalproperty *p = first(c, kind);
    return p ? icalproperty_get_value_as_string(p) : "";
}


static const char *parameter(icalproperty *p, const char *name)
{
    const char *found = p ? icalproperty_get_parameter_as_string(p, name) : NULL;
    return found ? found : "";
}

static void event(icalcomponent *e)
{
    printf("{\"start\":%ld,\"end\":%ld,\"stamp\":%ld,\"sequence\":%d,\"alarms\":%d,", instant(e, ICAL_DTSTART_PROPERTY),
           instant(e, ICAL_DTEND_PROPERTY), instant(e, ICAL_DTSTAMP_PROPERTY), icalcomponent_get_sequence(e),
           icalcomponent_count_components(e, ICAL_VALARM_COMPONENT));
    quote("uid", icalcomponent_get_uid(e), ",");
    quote("summary", icalcomponent_get_summary(e), ",");
    quote("location", icalcomponent_get_location(e), ",");
    quote("description", icalcomponent_get_description(e), ",");
    quote("status", value(e, ICAL_STATUS_PROPERTY), ",");
    quote("transparency", value(e, ICAL_TRANSP_PROPERTY), ",");
    quote("organizer", value(e, ICAL_ORGANIZER_PROPERTY), ",");
    quote("attendee", value(e, ICAL_ATTENDEE_PROPERTY), ",");
    quote("attendeeName", parameter(first(e, ICAL_ATTENDEE_PROPERTY), "CN"), ",");
    quote("answer", parameter(first(e, ICAL_ATTENDEE_PROPERTY), "PARTSTAT"), ",");
    printf("\"attendees\":%d}", icalcomponent_count_properties(e, ICAL_ATTENDEE_PROPERTY));
}

static void busy(icalcomponent *c, const char **comma)
{
    for (icalproperty *p = first(c, ICAL_FREEBUSY_PROPERTY); p; p = icalcomponent_get_next_property(c, ICAL_FREEBUSY_PROPERTY)) {
        struct icalperiodtype period = icalproperty_get_freebusy(p);
        printf("%s[%ld,%ld]", *comma, (long)icaltime_as_timet(period.start), (long)icaltime_as_timet(period.end));
        *comma = ",";
    }
}

/* violations prints the errors libical has left in the tree. */
static void violations(icalcomponent *c, const char **comma)
{
    for (icalproperty *p = first(c, ICAL_XLICERROR_PROPERTY); p;
         p = icalcomponent_get_next_property(c, ICAL_XLICERROR_PROPERTY)) {
        printf("%s", *comma);
        quoted(icalproperty_get_value_as_string(p));
        *comma = ",";
    }
    for (icalcomponent *child = icalcomponent_get_first_component(c, ICAL_ANY_COMPONENT); child;
         child = icalcomponent_get_next_component(c, ICAL_ANY_COMPONENT))
        violations(child, comma);
}

static void calendar(icalcomponent *c)
{
    const char *comma = "";
    printf("{\"errors\":[");
    if (!icalrestriction_check(c)) {
        quoted("a restriction is violated");
        comma = ",";
    }
    violations(c, &comma);
    printf("],");
    quote("method", value(c, ICAL_METHOD_PROPERTY), ",\"events\":[");
    comma = "";
    for (icalcomponent *e = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT); e;
         e = icalcomponent_get_next_component(c, ICAL_VEVENT_COMPONENT)) {
        printf("%s", comma);
        event(e);
        comma = ",";
    }
    printf("],\"busy\":[");
    comma = "";
    for (icalcomponent *b = icalcomponent_get_first_component(c, ICAL_VFREEBUSY_COMPONENT); b;
         b = icalcomponent_get_next_component(c, ICAL_VFREEBUSY_COMPONENT))
        busy(b, &comma);
    printf("]}\n");
}

static char *whole(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END))
        return NULL;
    long size = ftell(f);
    rewind(f);
    char *content = calloc((size_t)size + 1, 1);
    if (content && fread(content, 1, (size_t)size, f) != (size_t)size)
        content = NULL;
    fclose(f);
    return content;
}

int main(int count, char **paths)
{
    for (int i = 1; i < count; i++) {
        char *content = whole(paths[i]);
        icalcomponent *c = content ? icalparser_parse_string(content) : NULL;
        if (c)
            calendar(c);
        else
            printf("{\"errors\":[\"libical cannot read it\"]}\n");
        if (c)
            icalcomponent_free(c);
        free(content);
    }
    return 0;
}
