INSERT OR REPLACE INTO api(name, role, family, detail) VALUES (?1, ?2, ?3, ?4);
