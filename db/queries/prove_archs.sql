SELECT path, arch FROM file ORDER BY path;
