ALTER TABLE parent ADD COLUMN title TEXT;
CREATE TRIGGER parent_named AFTER UPDATE ON parent BEGIN
    UPDATE parent SET title = CASE WHEN NEW.name IS NULL THEN 'none; COMMIT;' ELSE 'some' END WHERE id = NEW.id;
END;
