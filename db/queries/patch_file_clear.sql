DELETE FROM patch_file;
