-- +goose Up
-- How many rows of callers a message may hold, once Slack found it too long.
ALTER TABLE refs ADD COLUMN row_limit BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE refs DROP COLUMN row_limit;
