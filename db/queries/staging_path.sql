INSERT INTO raw_path VALUES (?1, ?2);
