-- Functions that another file can call to be given pages, or to have them released.
SELECT DISTINCT f.name
FROM wrapper AS w
JOIN function AS f ON f.id = w.function_id
JOIN file AS fl ON fl.id = f.file_id
WHERE f.is_static = 0 OR fl.path LIKE '%.h'
ORDER BY f.name;
