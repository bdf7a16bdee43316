CREATE TABLE note (id bigint, text text);
INSERT INTO note SELECT n, 'note ' || n FROM generate_series(1, 1000) AS n;
