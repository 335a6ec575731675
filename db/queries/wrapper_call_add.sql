INSERT INTO wrapper_call(id, wrapper_id, file_id, line, function_id) VALUES (?1, ?2, ?3, ?4, ?5);
