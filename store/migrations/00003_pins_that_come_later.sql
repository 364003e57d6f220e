-- +goose Up
-- What a post showed for a PIN, and finding posts by when they are due.
ALTER TABLE occurrences ADD COLUMN pin TEXT NOT NULL DEFAULT '';
CREATE INDEX occurrences_by_time ON occurrences (at, kind, starts);

-- Outages of Audian, and the one message that each person got about each;
-- person "" is the operators' channel.
CREATE TABLE outages (
    since BIGINT PRIMARY KEY,
    until BIGINT NOT NULL
);
CREATE TABLE outage_notes (
    since   BIGINT NOT NULL,
    person  TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts      TEXT NOT NULL,
    drawn   TEXT NOT NULL,
    PRIMARY KEY (since, person)
);

-- +goose Down
DROP TABLE outage_notes;
DROP TABLE outages;
DROP INDEX occurrences_by_time;
ALTER TABLE occurrences DROP COLUMN pin;
