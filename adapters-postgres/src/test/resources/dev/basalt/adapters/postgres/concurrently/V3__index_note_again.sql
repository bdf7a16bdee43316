CREATE INDEX CONCURRENTLY note_text ON note (text);
