INSERT OR IGNORE INTO subsystem_contact(subsystem_id, kind, value) VALUES (?1, ?2, ?3);
