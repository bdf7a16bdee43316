CREATE TABLE basalt_probe (
    id         text        NOT NULL,
    payload    text        NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT basalt_probe_pk PRIMARY KEY (id)
);
COMMENT ON TABLE basalt_probe IS 'Written, read and emptied again by the deep health probe: always empty to everybody else';
