INSERT INTO patched_contact(path, seq, kind, value) VALUES (?1, ?2, ?3, ?4);
