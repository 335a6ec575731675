INSERT OR REPLACE INTO api_target(era, name, target) VALUES (?1, ?2, ?3);
