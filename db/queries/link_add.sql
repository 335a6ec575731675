INSERT INTO link(id, acquire_id, release_id, kind, reason, args) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
