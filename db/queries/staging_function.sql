INSERT INTO raw_function VALUES (?1, ?2, ?3, ?4, ?5);
