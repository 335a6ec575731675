SELECT l.acquire_id, l.release_id
FROM link AS l
JOIN call AS c ON c.id = l.release_id
JOIN file AS f ON f.id = c.file_id
WHERE l.kind <> 'decoy' AND l.acquire_id IS NOT NULL
ORDER BY l.acquire_id, f.path, c.line, c.id;
