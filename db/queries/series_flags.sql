-- Files with an acquire that is converted and has a truth value or number for FOLL_ flags.
SELECT DISTINCT f.path
FROM finding AS k
JOIN call AS c ON c.id = k.call_id
JOIN edit_site AS e ON e.call_id = c.id
JOIN file AS f ON f.id = c.file_id
WHERE k.kind = 'flags' AND k.detail = 'boolean' AND c.role = 'acquire' AND e.outcome = 'converted'
ORDER BY f.path;
