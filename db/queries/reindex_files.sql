SELECT path FROM file ORDER BY path;
