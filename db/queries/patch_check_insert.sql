INSERT INTO patch_check(patch_id, seq, kind, text) VALUES (?1, ?2, ?3, ?4);
