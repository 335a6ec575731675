INSERT INTO edit_check(file_id, expected, changed, reason, args)
VALUES (?1, ?2, ?3, ?4, ?5);
