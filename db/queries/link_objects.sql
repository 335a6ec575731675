SELECT dst, src, kind, file_id, line FROM object_flow ORDER BY id;
