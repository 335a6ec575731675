INSERT INTO raw_object VALUES (?1, ?2, ?3, ?4, ?5);
