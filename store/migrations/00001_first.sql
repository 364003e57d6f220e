-- +goose Up
CREATE TABLE conferences (
    conference      TEXT PRIMARY KEY,
    creator         TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    adopted_by      TEXT NOT NULL,
    private         BIGINT NOT NULL,
    private_channel TEXT NOT NULL,
    open_announce   BIGINT NOT NULL,
    dial_in         TEXT NOT NULL,
    number          TEXT NOT NULL
);

CREATE TABLE moderators (
    conference TEXT NOT NULL,
    person     TEXT NOT NULL,
    added_by   TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (conference, person)
);
CREATE INDEX moderators_by_person ON moderators (person);

CREATE TABLE links (
    channel    TEXT PRIMARY KEY,
    conference TEXT NOT NULL,
    linked_by  TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX links_by_conference ON links (conference);

CREATE TABLE refs (
    channel    TEXT NOT NULL,
    ts         TEXT NOT NULL,
    thread_ts  TEXT NOT NULL,
    conference TEXT NOT NULL,
    kind       TEXT NOT NULL,
    run        TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    posted_by  TEXT NOT NULL,
    posted_at  BIGINT NOT NULL,
    revision   BIGINT NOT NULL,
    drawn      TEXT NOT NULL,
    ended      BIGINT NOT NULL,
    PRIMARY KEY (channel, ts)
);
CREATE INDEX refs_by_conference ON refs (conference, kind);
CREATE INDEX refs_by_thread ON refs (channel, thread_ts);
CREATE INDEX refs_by_kind ON refs (kind, conference);

CREATE TABLE runs (
    id          TEXT PRIMARY KEY,
    conference  TEXT NOT NULL,
    started     BIGINT NOT NULL,
    ended       BIGINT NOT NULL,
    empty_since BIGINT NOT NULL,
    next_no     BIGINT NOT NULL,
    peak        BIGINT NOT NULL,
    notes       TEXT NOT NULL,
    newcomers   BIGINT NOT NULL,
    keep_out    TEXT NOT NULL,
    seen_at     BIGINT NOT NULL
);
CREATE INDEX runs_by_conference ON runs (conference, seen_at);

CREATE TABLE callers (
    run           TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    no            BIGINT NOT NULL,
    participant   TEXT NOT NULL,
    name          TEXT NOT NULL,
    number        TEXT NOT NULL,
    muted         BIGINT NOT NULL,
    deaf          BIGINT NOT NULL,
    joined        BIGINT NOT NULL,
    role          BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    arrived_muted BIGINT NOT NULL,
    muted_by      TEXT NOT NULL,
    deaf_by       TEXT NOT NULL,
    self_unmuted  BIGINT NOT NULL,
    pending       TEXT NOT NULL,
    pending_at    BIGINT NOT NULL,
    claimed_by    TEXT NOT NULL,
    left_at       BIGINT NOT NULL,
    kicked_by     TEXT NOT NULL,
    kept_out      BIGINT NOT NULL,
    PRIMARY KEY (run, no)
);

CREATE TABLE labels (
    digits   TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    person   TEXT NOT NULL,
    named_by TEXT NOT NULL,
    at       BIGINT NOT NULL,
    used_at  BIGINT NOT NULL
);

CREATE TABLE own_lines (
    person TEXT NOT NULL,
    digits TEXT NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (person, digits)
);
CREATE INDEX own_lines_by_digits ON own_lines (digits);

CREATE TABLE audit (
    id         TEXT PRIMARY KEY,
    at         BIGINT NOT NULL,
    ref        TEXT NOT NULL,
    team       TEXT NOT NULL,
    person     TEXT NOT NULL,
    channel    TEXT NOT NULL,
    conference TEXT NOT NULL,
    action     TEXT NOT NULL,
    target     TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    detail     TEXT NOT NULL
);
CREATE INDEX audit_by_conference ON audit (conference, id);
CREATE INDEX audit_by_person ON audit (person, action, at);
CREATE INDEX audit_by_age ON audit (at);

CREATE TABLE prefs (
    person TEXT NOT NULL,
    name   TEXT NOT NULL,
    value  TEXT NOT NULL,
    PRIMARY KEY (person, name)
);

CREATE TABLE journal (
    id          TEXT PRIMARY KEY,
    ref         TEXT NOT NULL,
    kind        TEXT NOT NULL,
    name        TEXT NOT NULL,
    team        TEXT NOT NULL,
    person      TEXT NOT NULL,
    channel     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    fresh_until BIGINT NOT NULL,
    payload     TEXT NOT NULL,
    state       TEXT NOT NULL,
    owner       TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
CREATE INDEX journal_by_state ON journal (state, at);

CREATE TABLE leases (
    name      TEXT PRIMARY KEY,
    owner     TEXT NOT NULL,
    held_till BIGINT NOT NULL
);

-- +goose Down
DROP TABLE leases;
DROP TABLE journal;
DROP TABLE prefs;
DROP TABLE audit;
DROP TABLE own_lines;
DROP TABLE labels;
DROP TABLE callers;
DROP TABLE runs;
DROP TABLE refs;
DROP TABLE links;
DROP TABLE moderators;
DROP TABLE conferences;
