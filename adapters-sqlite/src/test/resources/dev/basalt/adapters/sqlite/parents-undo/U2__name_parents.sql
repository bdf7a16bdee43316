-- Built anew, as SQLite's documentation says; the children have to stay.
DROP TRIGGER parent_named;
CREATE TABLE [parent; new] (id INTEGER PRIMARY KEY, name TEXT) STRICT;
INSERT INTO [parent; new] SELECT id, name FROM parent;
DROP TABLE parent;
ALTER TABLE [parent; new] RENAME TO parent;
CREATE TRIGGER parent_named AFTER UPDATE ON parent BEGIN
    SELECT CASE WHEN NEW.name IS NULL THEN 1 END;
    DELETE FROM child WHERE parent = NEW.id;
END;
DROP TRIGGER parent_named;
