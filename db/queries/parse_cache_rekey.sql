UPDATE parse_cache SET key = ?2 WHERE path = ?1;
