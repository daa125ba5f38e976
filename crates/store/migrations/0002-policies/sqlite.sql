-- Policies of the sending side, as fetched, and fetches that failed. Times are Unix milliseconds.
-- The rows lie in the order of their domains, in which all are read at the start.
CREATE TABLE policies (
    domain     TEXT    PRIMARY KEY NOT NULL,
    id         TEXT,
    text       BLOB    NOT NULL,
    fetched_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fetch_failures (
    domain    TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    failed_at INTEGER NOT NULL,
    PRIMARY KEY (domain, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX fetch_failures_by_time ON fetch_failures (failed_at);
