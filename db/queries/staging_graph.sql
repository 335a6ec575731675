INSERT INTO raw_graph VALUES (?1, ?2, ?3, ?4);
