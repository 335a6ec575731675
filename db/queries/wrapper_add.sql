INSERT INTO wrapper(id, function_id, role, call_id, through, round, carrier)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
