SELECT id, file_id, name, line, end_line, is_static FROM function ORDER BY file_id, line, id;
