DROP TABLE tag; -- and now for good:
/* */ commit;
DROP TABLE nowhere;
