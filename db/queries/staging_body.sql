INSERT INTO raw_body(path, name, line) VALUES (?1, ?2, ?3);
