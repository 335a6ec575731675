SELECT * FROM site
WHERE (?1 IS NULL OR role = ?1) AND (?2 IS NULL OR state = ?2)
ORDER BY id;
