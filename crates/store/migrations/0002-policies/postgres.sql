-- Policies of the sending side, as fetched, and fetches that failed. Times are Unix milliseconds.
-- Room in each page for new versions of its rows: used_at changes often, and has no index.
CREATE TABLE policies (
    domain     TEXT COLLATE "C" PRIMARY KEY,
    id         TEXT COLLATE "C",
    text       BYTEA  NOT NULL,
    fetched_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL
) WITH (fillfactor = 80);

CREATE TABLE fetch_failures (
    domain    TEXT COLLATE "C" NOT NULL,
    id        TEXT COLLATE "C" NOT NULL,
    failed_at BIGINT NOT NULL,
    PRIMARY KEY (domain, id)
);

CREATE INDEX fetch_failures_by_time ON fetch_failures (failed_at);
