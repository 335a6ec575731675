INSERT INTO raw_prototype(name, params) VALUES (?1, ?2);
