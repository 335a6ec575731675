SELECT patch_id, kind, text FROM patch_check ORDER BY patch_id, seq;
