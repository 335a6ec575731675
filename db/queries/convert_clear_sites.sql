DELETE FROM edit_site WHERE call_id IN (SELECT id FROM call WHERE file_id = ?1);
