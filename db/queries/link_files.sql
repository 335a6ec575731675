SELECT id, path FROM file ORDER BY id;
