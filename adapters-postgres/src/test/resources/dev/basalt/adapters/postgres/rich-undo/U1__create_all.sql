-- Makes some of it again, to be read as it was when it went up.
DROP RULE line_insert ON line;
CREATE RULE line_insert AS ON INSERT TO line DO INSTEAD (INSERT INTO log VALUES ('a;b'); INSERT INTO log VALUES (E'it\'s; COMMIT'));
CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql
BEGIN ATOMIC
    SELECT CASE WHEN n > 0 THEN 1 END;
    SELECT 2 * n;
END;
DO $do$
BEGIN
    PERFORM twice(1); -- COMMIT;
    DELETE FROM log WHERE line = '{d ''2026-01-01''}' OR line ? 'x';
EXCEPTION WHEN undefined_function THEN
    NULL;
END
$do$;
DROP VIEW line;
DROP TABLE log;
DROP TABLE note;
DROP FUNCTION shout, twice;
DROP SEQUENCE counter;
DROP DOMAIN amount;
DROP TYPE mood;
