INSERT INTO patch(id, name, subject, subsystem, source) VALUES (?1, ?2, ?3, ?4, ?5);
