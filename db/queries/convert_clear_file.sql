DELETE FROM edit_file WHERE file_id = ?1;
