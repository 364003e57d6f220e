package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"confbot/announce"
	"confbot/sandbox/slack/control"
)

// changesChannel is what becomes of a channel without anybody asking the bot.
func (s *scenario) changesChannel(ctx context.Context, m []string) error {
	channel, err := s.channel(m[2])
	if err != nil {
		return err
	}
	yes, no := true, false
	change := control.ChannelChange{ID: channel}
	switch m[1] {
	case "removes confbot from":
		done, err := s.people.Member(ctx, "kick", s.users["confbot"], channel)
		return refused(done, err)
	case "archives":
		change.Archived = &yes
	case "unarchives":
		change.Archived = &no
	case "closes":
		change.ReadOnly = &yes
	case "opens":
		change.ReadOnly = &no
	case "shares":
		change.Shared = &yes
	case "deletes":
		change.Deleted = &yes
	}
	done, err := s.people.ChangeChannel(ctx, change)
	return refused(done, err)
}

// changesPerson is what becomes of somebody in the workspace.
func (s *scenario) changesPerson(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	gone, guest := true, "guest"
	change := control.UserChange{ID: user}
	if m[2] == "leaves" {
		change.Deactivated = &gone
		s.cast = slices.DeleteFunc(s.cast, func(name string) bool { return name == m[1] }) // nobody looks at that screen any more
	} else {
		change.Role = &guest
	}
	_, err = s.people.ChangeUser(ctx, change)
	return err
}

// passesTime makes the posts that are planned in a channel due a while ago:
// rules know minutes, and nobody waits for those.
func (s *scenario) passesTime(ctx context.Context, m []string) error {
	channel, err := s.channel(m[1])
	if err != nil {
		return err
	}
	ago, _ := strconv.Atoi(m[2])
	at := time.Now().Add(-time.Duration(ago) * time.Minute).Truncate(time.Second).UnixMilli()
	err = errors.Join(poll(ctx, func() bool { // the next one is planned when the one before is out
		var n int64
		n, err = s.timetable(ctx, `UPDATE occurrences SET id = announcement || '.' || $2, wake_at = $1, at = $1,
			starts = CASE WHEN starts > 0 THEN starts - at + $1 ELSE 0 END, useful_till = useful_till - at + $1
			WHERE kind = $3 AND state = $4 AND channel = $5`, at, time.Now().UnixNano(), announce.KindPost, announce.Due, channel)
		return err != nil || n > 0
	}), err)
	if err != nil {
		return fmt.Errorf("nothing is planned there: %w", err)
	}
	return nil
}

// wasAway makes the time since the bot was last there so many minutes longer.
func (s *scenario) wasAway(ctx context.Context, m []string) error {
	minutes, _ := strconv.Atoi(m[1])
	_, err := s.timetable(ctx, `UPDATE beats SET at = at - $1`, int64(minutes)*time.Minute.Milliseconds())
	return err
}

// timetable changes the bot's own timetable behind its back.
func (s *scenario) timetable(ctx context.Context, statement string, args ...any) (int64, error) {
	path := ""
	for _, v := range s.bot.env {
		if _, after, ok := strings.Cut(v, "CONF_DATABASE_URL=sqlite:"); ok {
			path = after
		}
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	done, err := db.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, fmt.Errorf("change the timetable: %w", err)
	}
	return done.RowsAffected()
}

// deletesBehind deletes a conference at Audian, as somebody does who doesn't
// use the bot for it.
func (s *scenario) deletesBehind(ctx context.Context, m []string) error {
	id, err := s.conference(m[1])
	if err != nil {
		return err
	}
	at := s.audian.BaseURL() + "/accounts/" + s.audian.AccountID() + "/conferences/" + id
	req, err := http.NewRequestWithContext(ctx, http.MethodDelete, at, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-Auth-Token", s.audian.IssueToken())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode >= http.StatusBadRequest {
		return errors.New(resp.Status)
	}
	return nil
}
