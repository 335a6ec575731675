SELECT dst, src, kind, file_id, line FROM flow ORDER BY id;
