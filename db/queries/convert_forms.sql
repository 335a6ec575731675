SELECT release_id, line, user FROM helper_call ORDER BY release_id, file_id, line;
