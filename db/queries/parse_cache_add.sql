INSERT INTO parse_cache(path, key, facts) VALUES (?1, ?2, ?3);
