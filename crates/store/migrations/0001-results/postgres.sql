-- Results of live checks. Times are Unix milliseconds; an observation is packed (src/results/packed.rs).
CREATE TABLE results (
    id          TEXT COLLATE "C" PRIMARY KEY,
    domain      TEXT COLLATE "C" NOT NULL,
    looked_at   BIGINT NOT NULL,
    verdict     TEXT   NOT NULL,
    observation BYTEA  NOT NULL
);

-- It is packed already.
ALTER TABLE results ALTER COLUMN observation SET STORAGE EXTERNAL;

CREATE INDEX results_by_domain ON results (domain, looked_at);
CREATE INDEX results_by_time ON results (looked_at);
