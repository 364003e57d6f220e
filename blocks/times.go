package blocks

import (
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// Formats of Slack's date tokens, which every client draws in its reader's
// own zone (docs.slack.dev/messaging/formatting-message-text#date-formatting).
const (
	tokenTime  = "{time}"
	tokenSecs  = "{time_secs}"
	tokenDate  = "{date_long}"
	layoutTime = "15:04"
	layoutSecs = "15:04:05"
)

// place names a zone as people say it: "Berlin", "New York", "UTC".
func place(loc *time.Location) string {
	if loc == nil {
		return "UTC"
	}
	zone := loc.String()
	if i := strings.LastIndexByte(zone, '/'); i >= 0 {
		zone = zone[i+1:]
	}
	if zone == "" || zone == "Local" {
		return "UTC"
	}
	return strings.ReplaceAll(zone, "_", " ")
}

// inZone is t in loc, or in UTC where no zone is known.
func inZone(t time.Time, loc *time.Location) time.Time {
	if loc == nil || loc.String() == "Local" {
		return t.UTC()
	}
	return t.In(loc)
}

// clock writes the time of day without its place: for surfaces with one
// reader, whose zone it is.
func clock(t time.Time, loc *time.Location) string { return inZone(t, loc).Format(layoutTime) }

// clockIn writes the time of day with its place: "09:30 Berlin".
func clockIn(t time.Time, loc *time.Location) string { return clock(t, loc) + " " + place(loc) }

// day writes a date in words: "Monday, 30 November", with the year where it
// is not this one.
func day(t, now time.Time, loc *time.Location) string {
	t, now = inZone(t, loc), inZone(now, loc)
	if t.Year() != now.Year() {
		return t.Format("Monday, 2 January 2006")
	}
	return t.Format("Monday, 2 January")
}

// shortDay writes "Mon 30 Nov".
func shortDay(t time.Time, loc *time.Location) string { return inZone(t, loc).Format("Mon 2 Jan") }

// token is t as mrkdwn that every reader sees in their own zone.
func token(t time.Time, format string, loc *time.Location) string {
	return fmt.Sprintf("<!date^%d^%s|%s>", t.Unix(), format, fallback(t, format, loc))
}

// dateElement is the same for rich text.
func dateElement(t time.Time, format string, loc *time.Location) slack.RichTextSectionElement {
	f := fallback(t, format, loc)
	return slack.NewRichTextSectionDateElement(t.Unix(), format, nil, &f)
}

func fallback(t time.Time, format string, loc *time.Location) string {
	t = inZone(t, loc)
	f := strings.NewReplacer(tokenTime, t.Format(layoutTime), tokenSecs, t.Format(layoutSecs), tokenDate, t.Format("Monday, 2 January")).Replace(format)
	return f + " " + place(loc)
}

// lasting writes a stretch of time in words, coarser the longer it is:
// "40 seconds", "38 minutes", "1 hour and 20 minutes", "3 days".
func lasting(d time.Duration) string {
	if d = d.Round(time.Second); d < time.Minute {
		return plural(max(0, int(d/time.Second)), "second", "seconds")
	}
	switch d = d.Round(time.Minute); {
	case d < time.Hour:
		return plural(int(d/time.Minute), "minute", "minutes")
	case d < 48*time.Hour:
		h, m := int(d/time.Hour), int(d%time.Hour/time.Minute)
		if m == 0 {
			return plural(h, "hour", "hours")
		}
		return plural(h, "hour", "hours") + " and " + plural(m, "minute", "minutes")
	}
	return plural(int(d/(24*time.Hour)), "day", "days")
}

// until writes how far off a start is: "in 5 minutes", "now".
func until(start, now time.Time) string {
	d := start.Sub(now).Round(time.Minute)
	if d < time.Minute {
		return "now"
	}
	return "in " + lasting(d)
}

// within reports whether a start is near enough to say how far off it is.
func within(start, now time.Time) bool {
	d := start.Sub(now)
	return d > -time.Minute && d <= 2*time.Hour
}
