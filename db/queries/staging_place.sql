INSERT INTO raw_place VALUES (?1, ?2, ?3, ?4, ?5);
