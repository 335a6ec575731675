-- ?1: an id, or NULL for every site of file ?2 on line ?3.
SELECT s.id, s.path, s.line, s.column, s.function, s.callee, s.role, s.status, s.state, s.place,
       s.guard, s.target, s.reason, s.flags, s.use_case, s.group_id,
       (SELECT count(*) FROM decision AS d WHERE d.group_id = s.group_id),
       (SELECT i.identity FROM acquire_identity AS i WHERE i.call_id = s.id)
FROM site AS s
WHERE (?1 IS NOT NULL AND s.id = ?1) OR (?1 IS NULL AND s.path = ?2 AND s.line = ?3)
ORDER BY s.id;
