DELETE FROM edit_check WHERE file_id = ?1;
