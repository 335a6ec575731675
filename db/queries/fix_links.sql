SELECT acquire_id, release_id, kind FROM link
WHERE kind <> 'decoy' AND release_id IS NOT NULL
ORDER BY acquire_id, release_id;
