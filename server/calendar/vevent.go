package calendar

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	ical "github.com/emersion/go-ical"
)

// newVEvent is what feeds and invitations say alike of an event. The error
// tells what makes it unfit for any calendar.
func newVEvent(e *Event, language string, zone *time.Location) (*ical.Component, error) {
	if err := fit(e); err != nil {
		return nil, err
	}
	c := ical.NewComponent(ical.CompEvent)
	raw(c, ical.PropUID, e.UID)
	raw(c, ical.PropSequence, strconv.Itoa(e.Sequence))
	stamp := e.Stamp.UTC().Format("20060102T150405Z")
	raw(c, ical.PropDateTimeStamp, stamp)
	raw(c, ical.PropLastModified, stamp)
	when(c, ical.PropDateTimeStart, e.Start, zone)
	when(c, ical.PropDateTimeEnd, e.End, zone)
	text(c, ical.PropSummary, e.Title, ical.ParamLanguage, language)
	if e.Place != "" {
		text(c, ical.PropLocation, e.Place)
	}
	if e.Description != "" {
		text(c, ical.PropDescription, e.Description)
	}
	onTheWay(c, e)
	address(c, ical.PropURL, e.URL)
	if !e.Cancelled {
		address(c, "CONFERENCE", e.Join, ical.ParamValue, "URI", "FEATURE", "VIDEO", "LABEL", param(e.Place)) // RFC 7986 5.11
	}
	if e.Cancelled {
		raw(c, ical.PropTransparency, "TRANSPARENT")
		return c, nil
	}
	if e.Free {
		raw(c, ical.PropTransparency, "TRANSPARENT")
	} else {
		raw(c, ical.PropTransparency, "OPAQUE")
	}
	c.Children = alarms(e)
	return c, nil
}

// onTheWay is where it is and how long it takes to get there. Apple's calendar
// draws a map, and tells when to leave, by properties of its own only.
func onTheWay(c *ical.Component, e *Event) {
	if e.HasPosition && math.Abs(e.Lat) <= 90 && math.Abs(e.Lon) <= 180 {
		raw(c, ical.PropGeo, fmt.Sprintf("%.5f;%.5f", e.Lat, e.Lon))                      // about a metre
		raw(c, "X-APPLE-STRUCTURED-LOCATION", fmt.Sprintf("geo:%.5f,%.5f", e.Lat, e.Lon), // RFC 5870
			ical.ParamValue, "URI", "X-APPLE-RADIUS", "100", "X-TITLE", param(e.Place))
	}
	if e.Travel > 0 && !e.Cancelled {
		raw(c, "X-APPLE-TRAVEL-DURATION", fmt.Sprintf("PT%dM", e.Travel), ical.ParamValue, "DURATION")
	}
}

func fit(e *Event) error {
	switch {
	case e.UID == "" || param(e.UID) != e.UID:
		return errors.New("the UID is empty or holds characters it must not")
	case e.Sequence < 0:
		return errors.New("the sequence is negative")
	case e.Stamp.IsZero():
		return errors.New("it has no stamp")
	case e.Start.Year() < 1970 || e.End.Year() > 2999:
		return fmt.Errorf("it lies outside the years 1970 to 2999: %s to %s", e.Start.Format(time.DateTime), e.End.Format(time.DateTime))
	case !e.End.After(e.Start):
		return fmt.Errorf("it ends at %s, not after its start", e.End.Format(time.DateTime))
	}
	return nil
}

// margin is how long before one has to leave the alarm of somebody who has
// chosen none sounds, in minutes.
const margin = 15

// alarms remind in time for the journey. They are a wish: many calendars drop the
// alarms of subscriptions, so they are never the only reminder.
func alarms(e *Event) []*ical.Component {
	chosen := e.Alarms
	if chosen == nil {
		chosen = []int{margin}
	}
	var list []*ical.Component
	for _, minutes := range chosen {
		c := ical.NewComponent(ical.CompAlarm)
		raw(c, ical.PropAction, "DISPLAY")
		text(c, ical.PropDescription, e.Title)
		raw(c, ical.PropTrigger, fmt.Sprintf("-PT%dM", max(e.Travel, 0)+max(minutes, 0)))
		list = append(list, c)
	}
	return list
}

// mailto is an address as a CAL-ADDRESS, RFC 6068 2.
func mailto(email string) string {
	return "mailto:" + percent(email, "%?#\"\\^`{|}<>&/[]()")
}
