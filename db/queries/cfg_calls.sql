SELECT id, file_id, line, column, callee FROM call ORDER BY id;
