SELECT f.path, coalesce(s.name, ''), e.before, e.after
FROM edit_file AS e
JOIN file AS f ON f.id = e.file_id
LEFT JOIN subsystem AS s ON s.id = f.subsystem_id
ORDER BY f.path;
