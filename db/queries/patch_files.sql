SELECT patch_id, path FROM patch_file ORDER BY patch_id, path;
