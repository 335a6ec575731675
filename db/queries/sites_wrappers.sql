-- As sites.sql, with the calls of wrappers behind.
SELECT * FROM (SELECT * FROM site UNION ALL SELECT * FROM wrapper_site)
WHERE (?1 IS NULL OR role = ?1) AND (?2 IS NULL OR state = ?2)
ORDER BY id;
