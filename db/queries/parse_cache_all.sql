SELECT path, key, headers, facts FROM parse_cache ORDER BY path;
