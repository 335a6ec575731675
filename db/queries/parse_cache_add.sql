INSERT INTO parse_cache(path, key, headers, facts) VALUES (?1, ?2, ?3, ?4);
