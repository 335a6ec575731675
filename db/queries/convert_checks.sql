-- Files of which another number of sites changed than was to.
SELECT f.path, c.expected, c.changed, reason_text(c.reason, c.args)
FROM edit_check AS c
JOIN file AS f ON f.id = c.file_id
WHERE c.expected <> c.changed OR c.reason <> ''
ORDER BY f.path;
