-- Links of site ?1, seen from its side.
SELECT l.id, l.kind, reason_text(l.reason, l.args),
       coalesce(o.id, 0), coalesce(o.path, ''), coalesce(o.line, 0), coalesce(o.callee, ''),
       coalesce(o.function, '')
FROM link AS l
LEFT JOIN site AS o ON o.id = CASE WHEN l.release_id = ?1 THEN l.acquire_id ELSE l.release_id END
WHERE l.acquire_id = ?1 OR l.release_id = ?1
ORDER BY l.id;
