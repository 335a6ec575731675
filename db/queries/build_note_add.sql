INSERT INTO build_note(id, kind, path, line, detail) VALUES (?1, ?2, ?3, ?4, ?5);
