INSERT INTO note VALUES (9, 'said');
