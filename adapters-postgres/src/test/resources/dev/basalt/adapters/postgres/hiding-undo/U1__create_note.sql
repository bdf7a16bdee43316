DROP TABLE note;
SELECT 1 /* /* */ ' */; COMMIT; --';
