-- Written, read and emptied again by the deep health probe: always empty to everybody else.
-- The time is microseconds since 1970.
CREATE TABLE basalt_probe (
    id         TEXT    NOT NULL CONSTRAINT basalt_probe_pk PRIMARY KEY,
    payload    TEXT    NOT NULL,
    written_at INTEGER NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000000 AS INTEGER))
) STRICT;
