INSERT INTO raw_function(path, name, line, end_line, is_static, objects) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
