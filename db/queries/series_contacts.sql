SELECT s.name, c.kind, c.value
FROM subsystem_contact AS c
JOIN subsystem AS s ON s.id = c.subsystem_id
ORDER BY s.id, CASE c.kind WHEN 'maintainer' THEN 0 WHEN 'reviewer' THEN 1 ELSE 2 END, c.value;
