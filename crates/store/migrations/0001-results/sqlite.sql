-- Results of live checks. Times are Unix milliseconds; an observation is packed (src/results/packed.rs).
CREATE TABLE results (
    id          TEXT    PRIMARY KEY NOT NULL,
    domain      TEXT    NOT NULL,
    looked_at   INTEGER NOT NULL,
    verdict     TEXT    NOT NULL,
    observation BLOB    NOT NULL
) STRICT;

CREATE INDEX results_by_domain ON results (domain, looked_at);
CREATE INDEX results_by_time ON results (looked_at);
