INSERT INTO edit_file(file_id, before, after) VALUES (?1, ?2, ?3);
