SELECT id, kind, name, scope, type FROM place
WHERE id IN (SELECT dst FROM flow UNION SELECT src FROM flow
	     UNION SELECT place_id FROM call WHERE place_id IS NOT NULL)
ORDER BY id;
