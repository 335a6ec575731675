SELECT acquire_id, release_id
FROM link
WHERE kind = 'link' AND acquire_id IS NOT NULL AND release_id IS NOT NULL
ORDER BY acquire_id, release_id;
