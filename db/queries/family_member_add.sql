INSERT OR IGNORE INTO family_member(name, path, line, role, family, site)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
