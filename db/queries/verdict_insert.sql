INSERT INTO verdict(patch_id, object, outcome, reason) VALUES (?1, ?2, ?3, ?4);
