package announce_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/announce"
)

// thursday is when the phrases of these tables are said: 10:17 in Berlin, three
// days before the clocks go forward.
func thursday(t testing.TB) (now time.Time, berlin *time.Location) {
	t.Helper()
	berlin = location(t, "Europe/Berlin")
	return time.Date(2026, 3, 26, 10, 17, 42, 0, berlin), berlin
}

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestPhrasesThatAreRead(t *testing.T) {
	t.Parallel()
	now, berlin := thursday(t)
	for phrase, want := range readPhrases {
		rule, err := announce.Parse(phrase, now, berlin)
		if err != nil {
			t.Errorf("%q is refused: %v", phrase, err)
			continue
		}
		if got := inWords(rule, now); got != want {
			t.Errorf("%q\n got %s\nwant %s", phrase, got, want)
		}
	}
}

// inWords says a rule and its next two posts: enough to tell any two apart.
func inWords(r announce.Rule, now time.Time) string {
	parts := []string{r.Words()}
	if r.Timed {
		parts = append(parts, "starts then")
	}
	if r.Lead > 0 {
		parts = append(parts, "posted "+r.PostAt())
	}
	if e := r.EndWords(); e != "" {
		parts = append(parts, e)
	}
	if r.Zone != "Europe/Berlin" {
		parts = append(parts, r.Zone)
	}
	for _, s := range r.Upcoming(now, 2) {
		parts = append(parts, s.Post.In(r.Location()).Format("Mon 2 Jan 06 15:04"))
	}
	return strings.Join(parts, " | ")
}

// readPhrases is what Parse reads, said on Thursday, 26 March 2026, 10:17 in
// Berlin, and what it makes of it: the rule, then the next two posts.
var readPhrases = map[string]string{
	"now": "Now",
	// Once.
	"at 15:00":                          "On Thursday, 26 March 2026 at 15:00 | Thu 26 Mar 26 15:00",
	"at 3pm":                            "On Thursday, 26 March 2026 at 15:00 | Thu 26 Mar 26 15:00",
	"at 3 PM":                           "On Thursday, 26 March 2026 at 15:00 | Thu 26 Mar 26 15:00",
	"at 3:30 p.m.":                      "On Thursday, 26 March 2026 at 15:30 | Thu 26 Mar 26 15:30",
	"15:00":                             "On Thursday, 26 March 2026 at 15:00 | Thu 26 Mar 26 15:00",
	"at noon":                           "On Thursday, 26 March 2026 at 12:00 | Thu 26 Mar 26 12:00",
	"at 12pm":                           "On Thursday, 26 March 2026 at 12:00 | Thu 26 Mar 26 12:00",
	"at midnight":                       "On Friday, 27 March 2026 at 00:00 | Fri 27 Mar 26 00:00",
	"at 11 o'clock":                     "On Thursday, 26 March 2026 at 11:00 | Thu 26 Mar 26 11:00",
	"in 20 minutes":                     "On Thursday, 26 March 2026 at 10:37 | Thu 26 Mar 26 10:37",
	"in 20min":                          "On Thursday, 26 March 2026 at 10:37 | Thu 26 Mar 26 10:37",
	"in 2h":                             "On Thursday, 26 March 2026 at 12:17 | Thu 26 Mar 26 12:17",
	"in an hour":                        "On Thursday, 26 March 2026 at 11:17 | Thu 26 Mar 26 11:17",
	"in half an hour":                   "On Thursday, 26 March 2026 at 10:47 | Thu 26 Mar 26 10:47",
	"in 1 hour and 30 minutes":          "On Thursday, 26 March 2026 at 11:47 | Thu 26 Mar 26 11:47",
	"today 15:00":                       "On Thursday, 26 March 2026 at 15:00 | Thu 26 Mar 26 15:00",
	"today at 3pm":                      "On Thursday, 26 March 2026 at 15:00 | Thu 26 Mar 26 15:00",
	"tomorrow 9:25":                     "On Friday, 27 March 2026 at 09:25 | Fri 27 Mar 26 09:25",
	"tomorrow at 9:25":                  "On Friday, 27 March 2026 at 09:25 | Fri 27 Mar 26 09:25",
	"tomorrow 9":                        "On Friday, 27 March 2026 at 09:00 | Fri 27 Mar 26 09:00",
	"9:25 tomorrow":                     "On Friday, 27 March 2026 at 09:25 | Fri 27 Mar 26 09:25",
	"on 2027-01-04 at 9:00":             "On Monday, 4 January 2027 at 09:00 | Mon 4 Jan 27 09:00",
	"2027-01-04 9:00":                   "On Monday, 4 January 2027 at 09:00 | Mon 4 Jan 27 09:00",
	"on 4 January 2027 at 9am":          "On Monday, 4 January 2027 at 09:00 | Mon 4 Jan 27 09:00",
	"on the 4th of january at 9:00":     "On Monday, 4 January 2027 at 09:00 | Mon 4 Jan 27 09:00",
	"on Mar 30 at 9:00":                 "On Monday, 30 March 2026 at 09:00 | Mon 30 Mar 26 09:00",
	"on 29 february at 9:00":            "On Tuesday, 29 February 2028 at 09:00 | Tue 29 Feb 28 09:00",
	"on friday at 10":                   "On Friday, 27 March 2026 at 10:00 | Fri 27 Mar 26 10:00",
	"friday at 10":                      "On Friday, 27 March 2026 at 10:00 | Fri 27 Mar 26 10:00",
	"this friday 10:30":                 "On Friday, 27 March 2026 at 10:30 | Fri 27 Mar 26 10:30",
	"on thursday at 11":                 "On Thursday, 26 March 2026 at 11:00 | Thu 26 Mar 26 11:00",
	"on thursday at 9":                  "On Thursday, 2 April 2026 at 09:00 | Thu 2 Apr 26 09:00",
	"at 9:00 on friday":                 "On Friday, 27 March 2026 at 09:00 | Fri 27 Mar 26 09:00",
	"on sunday at 2:30":                 "On Sunday, 29 March 2026 at 02:30 | Sun 29 Mar 26 03:30",
	"tomorrow 9:25 for 9:30":            "On Friday, 27 March 2026 at 09:30 | starts then | posted 09:25 | Fri 27 Mar 26 09:25",
	"tomorrow at 23:55 for 0:05":        "On Saturday, 28 March 2026 at 00:05 | starts then | posted 23:55 | Fri 27 Mar 26 23:55",
	"at 15:00, 10 minutes before":       "On Thursday, 26 March 2026 at 15:00 | starts then | posted 14:50 | Thu 26 Mar 26 14:50",
	"tomorrow 9:25 in America/New_York": "On Friday, 27 March 2026 at 09:25 | America/New_York | Fri 27 Mar 26 09:25",
	"tomorrow 9:25 PST":                 "On Friday, 27 March 2026 at 09:25 | America/Los_Angeles | Fri 27 Mar 26 09:25",
	"tomorrow 9:25 in new york":         "On Friday, 27 March 2026 at 09:25 | America/New_York | Fri 27 Mar 26 09:25",
	"tomorrow 9:25 kolkata time":        "On Friday, 27 March 2026 at 09:25 | Asia/Kolkata | Fri 27 Mar 26 09:25",
	"at 9:25 UTC":                       "On Thursday, 26 March 2026 at 09:25 | UTC | Thu 26 Mar 26 09:25",
	// Again and again.
	"every day at 9":                                                   "Every day at 09:00 | Fri 27 Mar 26 09:00 | Sat 28 Mar 26 09:00",
	"every day at 11":                                                  "Every day at 11:00 | Thu 26 Mar 26 11:00 | Fri 27 Mar 26 11:00",
	"daily at noon":                                                    "Every day at 12:00 | Thu 26 Mar 26 12:00 | Fri 27 Mar 26 12:00",
	"every day at midnight":                                            "Every day at 00:00 | Fri 27 Mar 26 00:00 | Sat 28 Mar 26 00:00",
	"every 3 days at 9":                                                "Every 3 days at 09:00 | Fri 27 Mar 26 09:00 | Mon 30 Mar 26 09:00",
	"every weekday at 9:25":                                            "Every weekday at 09:25 | Fri 27 Mar 26 09:25 | Mon 30 Mar 26 09:25",
	"weekdays 9:25":                                                    "Every weekday at 09:25 | Fri 27 Mar 26 09:25 | Mon 30 Mar 26 09:25",
	"every weekday at 9:25 for 9:30":                                   "Every weekday at 09:30 | starts then | posted 09:25 | Fri 27 Mar 26 09:25 | Mon 30 Mar 26 09:25",
	"Every Weekday at 9.25 for 9.30":                                   "Every weekday at 09:30 | starts then | posted 09:25 | Fri 27 Mar 26 09:25 | Mon 30 Mar 26 09:25",
	"every monday to friday at 9h25":                                   "Every weekday at 09:25 | Fri 27 Mar 26 09:25 | Mon 30 Mar 26 09:25",
	"every mon–fri at 9h":                                              "Every weekday at 09:00 | Fri 27 Mar 26 09:00 | Mon 30 Mar 26 09:00",
	"every monday at 9:30":                                             "Every Monday at 09:30 | Mon 30 Mar 26 09:30 | Mon 6 Apr 26 09:30",
	"mondays at 9:30":                                                  "Every Monday at 09:30 | Mon 30 Mar 26 09:30 | Mon 6 Apr 26 09:30",
	"weekly on monday at 9:30":                                         "Every Monday at 09:30 | Mon 30 Mar 26 09:30 | Mon 6 Apr 26 09:30",
	"at 9:30 every monday":                                             "Every Monday at 09:30 | Mon 30 Mar 26 09:30 | Mon 6 Apr 26 09:30",
	"every mon, wed and fri at 14:00":                                  "Every Monday, Wednesday and Friday at 14:00 | Fri 27 Mar 26 14:00 | Mon 30 Mar 26 14:00",
	"  “every\u00a0mon,  wed & fri at 2pm.”  ":                         "Every Monday, Wednesday and Friday at 14:00 | Fri 27 Mar 26 14:00 | Mon 30 Mar 26 14:00",
	"every 2 weeks on tuesday at 10:00":                                "Every 2 weeks on Tuesday at 10:00 | Tue 31 Mar 26 10:00 | Tue 14 Apr 26 10:00",
	"every two weeks on tue at 10":                                     "Every 2 weeks on Tuesday at 10:00 | Tue 31 Mar 26 10:00 | Tue 14 Apr 26 10:00",
	"every other tuesday at 10:00":                                     "Every 2 weeks on Tuesday at 10:00 | Tue 31 Mar 26 10:00 | Tue 14 Apr 26 10:00",
	"every 2 weeks on tue at 10:00, 10 minutes before":                 "Every 2 weeks on Tuesday at 10:00 | starts then | posted 09:50 | Tue 31 Mar 26 09:50 | Tue 14 Apr 26 09:50",
	"every 2 weeks at 10:00 from 2026-04-08":                           "Every 2 weeks on Wednesday at 10:00 | Wed 8 Apr 26 10:00 | Wed 22 Apr 26 10:00",
	"first monday of the month at 11:00":                               "Every first Monday of the month at 11:00 | Mon 6 Apr 26 11:00 | Mon 4 May 26 11:00",
	"every first monday at 11:00":                                      "Every first Monday of the month at 11:00 | Mon 6 Apr 26 11:00 | Mon 4 May 26 11:00",
	"every second tuesday of the month at 11":                          "Every second Tuesday of the month at 11:00 | Tue 14 Apr 26 11:00 | Tue 12 May 26 11:00",
	"last friday of the month at 16:00":                                "Every last Friday of the month at 16:00 | Fri 27 Mar 26 16:00 | Fri 24 Apr 26 16:00",
	"every last friday at 16:00":                                       "Every last Friday of the month at 16:00 | Fri 27 Mar 26 16:00 | Fri 24 Apr 26 16:00",
	"every month on the last friday at 16:00":                          "Every last Friday of the month at 16:00 | Fri 27 Mar 26 16:00 | Fri 24 Apr 26 16:00",
	"every month on the 15th at 9:00":                                  "Every month on the 15th at 09:00 | Wed 15 Apr 26 09:00 | Fri 15 May 26 09:00",
	"last day of the month at 9:00":                                    "Every last day of the month at 09:00 | Tue 31 Mar 26 09:00 | Thu 30 Apr 26 09:00",
	"every monday at 23:55 for 0:05":                                   "Every Tuesday at 00:05 | starts then | posted 23:55 | Mon 30 Mar 26 23:55 | Mon 6 Apr 26 23:55",
	"every monday at 9:30 until 2027-03-01":                            "Every Monday at 09:30 | until 1 March 2027 | Mon 30 Mar 26 09:30 | Mon 6 Apr 26 09:30",
	"every monday at 9:30, 5 times":                                    "Every Monday at 09:30 | 5 times | Mon 30 Mar 26 09:30 | Mon 6 Apr 26 09:30",
	"every monday at 9:30 1 time":                                      "Every Monday at 09:30 | once | Mon 30 Mar 26 09:30",
	"every monday at 9:30 until april 6":                               "Every Monday at 09:30 | until 6 April 2026 | Mon 30 Mar 26 09:30 | Mon 6 Apr 26 09:30",
	"every weekday at 9:25 in Europe/Berlin for 9:30 until 2027-03-01": "Every weekday at 09:30 | starts then | posted 09:25 | until 1 March 2027 | Fri 27 Mar 26 09:25 | Mon 30 Mar 26 09:25",
	"every monday at 9 in são paulo":                                   "Every Monday at 09:00 | America/Sao_Paulo | Mon 30 Mar 26 09:00 | Mon 6 Apr 26 09:00",
	"every monday at 9 in port-au-prince":                              "Every Monday at 09:00 | America/Port-au-Prince | Mon 30 Mar 26 09:00 | Mon 6 Apr 26 09:00",
	"every monday at 9 in america/indiana/knox":                        "Every Monday at 09:00 | America/Indiana/Knox | Mon 30 Mar 26 09:00 | Mon 6 Apr 26 09:00",
	"every hour":                                                       "Every hour | Thu 26 Mar 26 11:17 | Thu 26 Mar 26 12:17",
	"every 15 minutes":                                                 "Every 15 minutes | Thu 26 Mar 26 10:32 | Thu 26 Mar 26 10:47",
}

func TestPhrasesThatAreRefused(t *testing.T) {
	t.Parallel()
	now, berlin := thursday(t)
	midnight := time.Date(2026, 3, 26, 0, 0, 0, 0, berlin) // when no time of the day is past
	for phrase, want := range refusedPhrases {
		rule, err := announce.Parse(phrase, now, berlin)
		refusal, ok := errors.AsType[*announce.Refusal](err)
		if !ok {
			t.Errorf("%q is read as %s, want a refusal", phrase, inWords(rule, now))
			continue
		}
		if got := strings.TrimSuffix(string(refusal.Reason)+" "+refusal.Word, " "); got != want {
			t.Errorf("%q is refused with %q, want %q", phrase, got, want)
		}
		for _, example := range refusal.Examples {
			if _, err := announce.Parse(example, midnight, berlin); err != nil {
				t.Errorf("%q is refused with the example %q, which is refused: %v", phrase, example, err)
			}
		}
		if len(refusal.Examples) == 0 {
			t.Errorf("%q is refused without an example", phrase)
		}
	}
}

// refusedPhrases is what Parse does not read, and what it says why.
var refusedPhrases = map[string]string{
	"":                               "not_understood",
	"evry monday 9":                  "not_understood evry",
	"monday":                         "not_understood monday",
	"monday 9":                       "not_understood 9",
	"friday 10":                      "not_understood 10",
	"on friday":                      "not_understood on friday",
	"next monday at 9":               "not_understood next",
	"every week at 9":                "not_understood every week at 9",
	"every month at 9":               "not_understood at",
	"every second tuesday at 9":      "not_understood second",
	"every month on the 31st at 9":   "not_understood 31st",
	"every year at 9":                "not_understood year",
	"every monday":                   "not_understood every monday",
	"every monday at 25:99":          "not_understood at",
	"every monday at 9:3":            "not_understood at",
	"at 24:00":                       "not_understood at",
	"at 13pm":                        "not_understood at",
	"at 0am":                         "not_understood at",
	"on 1/4/2027 at 9":               "not_understood on",
	"on 2027-02-29 at 9":             "not_understood on",
	"on 31 june at 9":                "not_understood on",
	"tomorrow at midnight":           "not_understood tomorrow at midnight",
	"in 5":                           "unknown_zone 5",
	"in 2 days":                      "unknown_zone 2",
	"now every monday at 9":          "not_understood now every monday at 9",
	"tomorrow at 9 every monday":     "not_understood tomorrow at 9 every monday",
	"tomorrow at 9 until 2027-03-01": "not_understood tomorrow at 9 until 2027-03-01",
	"every monday at 9 until 2027-03-01 5 times": "not_understood every monday at 9 until 2027-03-01 5 times",
	"every monday at 9 and 15":                   "not_understood and",
	"every monday at 9 at 10":                    "not_understood at",
	"every monday at 9:30 for 9:25":              "lead_too_long",
	"every monday at 9, 900 minutes before":      "lead_too_long",
	"at 3":                                       "ambiguous_time 3",
	"every day at 6":                             "ambiguous_time 6",
	"every day at 13:55 for 2":                   "ambiguous_time 2",
	"at 9:00":                                    "past",
	"at 10:17":                                   "past",
	"today 9:25":                                 "past",
	"at 10:20, 10 minutes before":                "past",
	"on 2020-01-01 at 9:00":                      "past",
	"every monday at 9 until 2020-01-01":         "ends_before",
	"every 5 minutes":                            "too_often",
	"every minute":                               "too_often",
	"every monday at 9 in IST":                   "ambiguous_zone IST",
	"tomorrow 9:25 CST":                          "ambiguous_zone CST",
	"tomorrow 9:25 in BST":                       "ambiguous_zone BST",
	"every monday at 9 in Xanadu":                "unknown_zone Xanadu",
	"every monday at 9 in Europe/Brelin":         "unknown_zone Europe/Brelin",
	"<!channel> every monday at 9":               "not_understood <!channel>",
}

func TestAnAmbiguousAbbreviationListsItsPlaces(t *testing.T) {
	t.Parallel()
	now, berlin := thursday(t)
	_, err := announce.Parse("every monday at 9 in IST", now, berlin)
	refusal, ok := errors.AsType[*announce.Refusal](err)
	if !ok {
		t.Fatalf("err = %v, want a refusal", err)
	}
	want := []string{"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}
	if diff := cmp.Diff(want, refusal.Zones); diff != "" {
		t.Errorf("zones (-want +got):\n%s", diff)
	}
}

func TestAPhraseIsFoundBehindAName(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Weekly sync | every monday at 9",
		"Standup | now",
		"Monday huddle | at 9:30",
		"First Friday | every friday at 16:00",
		"Daily | daily at 9",
		"Every day counts | every day at 9",
		"Room 5 | in 20 minutes",
		"Town in Berlin | tomorrow 9:25 in Berlin",
		"Standup | every monday at 9 in IST",
		"Standup | every monday at 9 in Xanadu",
		"Standup | every monday nine",
		"Weekly sync |",
		"| every weekday at 9:25 for 9:30",
	} {
		name, _, _ := strings.Cut(text, "|")
		all := strings.Fields(strings.Replace(text, "|", "", 1))
		if got, want := announce.Begins(all), len(strings.Fields(name)); got != want {
			t.Errorf("%q begins at %d, want %d", text, got, want)
		}
	}
}

func TestARuleSaidAgainIsTheSameRule(t *testing.T) {
	t.Parallel()
	now, berlin := thursday(t)
	for phrase := range readPhrases {
		rule, err := announce.Parse(phrase, now, berlin)
		if err != nil || rule.Repeat.Freq == announce.Minutes || !rule.Exact.IsZero() {
			continue
		}
		again, err := announce.Parse(rule.Phrase(), now, berlin)
		if err != nil {
			t.Errorf("%q becomes %q, which is refused: %v", phrase, rule.Phrase(), err)
			continue
		}
		if diff := cmp.Diff(inWords(rule, now), inWords(again, now)); diff != "" {
			t.Errorf("%q becomes %q (-first +again):\n%s", phrase, rule.Phrase(), diff)
		}
	}
}

func TestTheRecurrenceIsKeptAsStandardText(t *testing.T) {
	t.Parallel()
	now, berlin := thursday(t)
	for phrase, want := range map[string]string{
		"tomorrow 9:25":                      "",
		"every day at 9":                     "FREQ=DAILY",
		"every 2 weeks on tue at 10":         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
		"every mon, wed and fri at 14:00":    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
		"last friday of the month at 16:00":  "FREQ=MONTHLY;BYDAY=-1FR",
		"first monday of the month at 11:00": "FREQ=MONTHLY;BYDAY=1MO",
		"last day of the month at 9:00":      "FREQ=MONTHLY;BYMONTHDAY=-1",
		"every monday at 9 until 2027-03-01": "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270301",
		"every monday at 9, 5 times":         "FREQ=WEEKLY;BYDAY=MO;COUNT=5",
		"every hour":                         "FREQ=MINUTELY;INTERVAL=60",
	} {
		rule, err := announce.Parse(phrase, now, berlin)
		if err != nil {
			t.Fatal(err)
		}
		if got := rule.Repeat.String(); got != want {
			t.Errorf("%q is kept as %q, want %q", phrase, got, want)
		}
		back, err := announce.ParseRepeat(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(rule.Repeat, back); diff != "" {
			t.Errorf("%q read back (-want +got):\n%s", want, diff)
		}
	}
	for _, foreign := range []string{"FREQ=YEARLY", "FREQ=DAILY;BYHOUR=1,2", "nonsense", "FREQ=WEEKLY;BYDAY=1MO,2TU"} {
		if p, err := announce.ParseRepeat(foreign); err == nil {
			t.Errorf("%q is read as %q, want an error", foreign, p)
		}
	}
}

func FuzzParse(f *testing.F) {
	now, berlin := thursday(f)
	for phrase := range readPhrases {
		f.Add(phrase)
	}
	for phrase := range refusedPhrases {
		f.Add(phrase)
	}
	f.Fuzz(func(t *testing.T, phrase string) {
		rule, err := announce.Parse(phrase, now, berlin)
		announce.Begins(strings.Fields(phrase))
		if err != nil {
			if _, ok := errors.AsType[*announce.Refusal](err); !ok {
				t.Fatalf("%q: %v is no refusal", phrase, err)
			}
			return
		}
		if rule.Now {
			return
		}
		next := rule.Upcoming(now, 3)
		if len(next) == 0 {
			t.Fatalf("%q is read and never happens", phrase)
		}
		for i, s := range next {
			if !s.Post.After(now) || i > 0 && s.Post.Sub(next[i-1].Post) < announce.MinEvery {
				t.Fatalf("%q: posts %v after %v", phrase, next, now)
			}
		}
	})
}
