SELECT coalesce(acquire_id, 0), release_id, kind FROM link WHERE release_id IS NOT NULL ORDER BY id;
