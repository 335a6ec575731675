INSERT INTO subsystem(id, name, status) VALUES (?1, ?2, ?3);
