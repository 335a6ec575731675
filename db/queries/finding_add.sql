INSERT INTO finding(kind, detail, call_id, other_id, file_id, line, reason, args)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
