DELETE FROM patch_check;
