SELECT file_id, line, callee, scope FROM invoke ORDER BY id;
