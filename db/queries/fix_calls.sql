-- All calls of the index, with where they are.
SELECT c.id, c.file_id, f.path, c.line, c.column, c.callee, coalesce(fn.name, ''), c.role, c.macro
FROM call AS c
JOIN file AS f ON f.id = c.file_id
LEFT JOIN function AS fn ON fn.id = c.function_id
ORDER BY c.id;
