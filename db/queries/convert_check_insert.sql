INSERT INTO edit_check(file_id, expected, changed, note) VALUES (?1, ?2, ?3, ?4);
