SELECT c.id, c.file_id, c.function_id, c.line, c.callee, c.role, c.status, c.place_id, c.flags,
       coalesce(a.family, ''), coalesce(a.detail, ''), c.macro, c.guard
FROM call AS c LEFT JOIN api AS a ON a.name = c.callee
ORDER BY c.id;
