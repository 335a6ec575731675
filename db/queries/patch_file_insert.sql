INSERT INTO patch_file(patch_id, path) VALUES (?1, ?2);
