INSERT INTO raw_invoke VALUES (?1, ?2, ?3, ?4);
