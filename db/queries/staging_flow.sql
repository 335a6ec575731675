INSERT INTO raw_flow VALUES (?1, ?2, ?3, ?4, ?5);
