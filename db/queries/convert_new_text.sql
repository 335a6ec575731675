INSERT INTO edit_file(file_id, before, after) SELECT id, '', ?2 FROM file WHERE path = ?1
ON CONFLICT DO NOTHING;
