-- Calls of wrappers: ?1 an id, or NULL for every one of file ?2 on line ?3.
SELECT s.id, s.path, s.line, s.function, s.callee, s.role, s.reason, wc.wrapper_id
FROM wrapper_site AS s
JOIN wrapper_call AS wc ON wc.id = s.id - (SELECT coalesce(max(id), 0) FROM call)
WHERE (?1 IS NOT NULL AND s.id = ?1) OR (?1 IS NULL AND s.path = ?2 AND s.line = ?3)
ORDER BY s.id;
