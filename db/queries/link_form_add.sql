INSERT INTO helper_call(release_id, file_id, line, user) VALUES (?1, ?2, ?3, ?4);
