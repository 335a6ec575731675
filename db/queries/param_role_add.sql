INSERT OR REPLACE INTO param_role(name, role) VALUES (?1, ?2);
