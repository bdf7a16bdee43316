CREATE TABLE note (id bigint);
INSERT INTO note VALUES (1);
