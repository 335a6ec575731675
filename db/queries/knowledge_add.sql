INSERT OR REPLACE INTO knowledge(kind, name, arg, detail) VALUES (?1, ?2, ?3, ?4);
