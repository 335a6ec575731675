SELECT f.path, s.line, p.kind, p.name
FROM link_step AS s
JOIN file AS f ON f.id = s.file_id
JOIN place AS p ON p.id = s.place_id
WHERE s.link_id = ?1
ORDER BY s.seq;
