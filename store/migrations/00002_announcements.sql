-- +goose Up
CREATE TABLE announcements (
    id         TEXT PRIMARY KEY,
    conference TEXT NOT NULL,
    channel    TEXT NOT NULL,
    owner      TEXT NOT NULL,
    zone       TEXT NOT NULL,
    first      TEXT NOT NULL,
    repeats    TEXT NOT NULL,
    lead       BIGINT NOT NULL,
    timed      BIGINT NOT NULL,
    at_once    BIGINT NOT NULL,
    exact      BIGINT NOT NULL,
    rotate     BIGINT NOT NULL,
    here       BIGINT NOT NULL,
    quiet_pin  BIGINT NOT NULL,
    message    TEXT NOT NULL,
    paused     BIGINT NOT NULL,
    why        TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    done_at    BIGINT NOT NULL,
    revision   BIGINT NOT NULL
);
CREATE INDEX announcements_by_conference ON announcements (conference);
CREATE INDEX announcements_by_channel ON announcements (channel);
CREATE INDEX announcements_by_owner ON announcements (owner);

CREATE TABLE occurrences (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    announcement TEXT NOT NULL,
    conference   TEXT NOT NULL,
    person       TEXT NOT NULL,
    channel      TEXT NOT NULL,
    at           BIGINT NOT NULL,
    starts       BIGINT NOT NULL,
    extra        BIGINT NOT NULL,
    state        TEXT NOT NULL,
    step         TEXT NOT NULL,
    wake_at      BIGINT NOT NULL,
    useful_till  BIGINT NOT NULL,
    seen         BIGINT NOT NULL,
    lane         TEXT NOT NULL,
    tries        BIGINT NOT NULL,
    ts           TEXT NOT NULL,
    sent_at      BIGINT NOT NULL,
    why          TEXT NOT NULL,
    parent       TEXT NOT NULL,
    note         TEXT NOT NULL,
    rotated      BIGINT NOT NULL,
    holder       TEXT NOT NULL,
    lease_until  BIGINT NOT NULL
);
CREATE INDEX occurrences_by_wake ON occurrences (wake_at);
CREATE INDEX occurrences_by_announcement ON occurrences (announcement, at);
CREATE INDEX occurrences_by_conference ON occurrences (conference, kind, at);
CREATE INDEX occurrences_by_parent ON occurrences (parent);

CREATE TABLE reminders (
    person      TEXT NOT NULL,
    conference  TEXT NOT NULL,
    minutes     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    quiet_until BIGINT NOT NULL,
    PRIMARY KEY (person, conference)
);
CREATE INDEX reminders_by_conference ON reminders (conference);

CREATE TABLE lanes (
    lane       TEXT PRIMARY KEY,
    rest_until BIGINT NOT NULL
);

CREATE TABLE beats (
    name TEXT PRIMARY KEY,
    at   BIGINT NOT NULL,
    last BIGINT NOT NULL
);

-- +goose Down
DROP TABLE beats;
DROP TABLE lanes;
DROP TABLE reminders;
DROP TABLE occurrences;
DROP TABLE announcements;
