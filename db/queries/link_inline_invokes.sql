-- Calls of static functions of headers, which files that include these have for themselves.
SELECT file_id, line, callee, scope FROM invoke WHERE scope LIKE '%.h' ORDER BY id;
