SELECT path, key, facts FROM parse_cache ORDER BY path;
