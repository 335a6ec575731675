SELECT f.path, e.after, e.file_id, e.before
FROM edit_file AS e
JOIN file AS f ON f.id = e.file_id
ORDER BY f.path;
