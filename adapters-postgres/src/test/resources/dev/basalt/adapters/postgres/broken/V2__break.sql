CREATE TABLE half (id bigint);
INSERT INTO note SELECT 1 / 0;
