SELECT id, kind, name, scope FROM place
WHERE id IN (SELECT dst FROM object_flow UNION SELECT src FROM object_flow)
ORDER BY id;
