SELECT f.path, f.subsystem, f.arch, coalesce(o.directory || '/' || o.module, '') AS module,
	coalesce(o.configs, '') AS configs,
	coalesce((SELECT group_concat(contact, '; ')
		FROM (SELECT c.kind || ' ' || c.value AS contact
			FROM patched_contact AS c WHERE c.path = f.path ORDER BY c.seq)), '') AS contacts
FROM patched_file AS f
LEFT JOIN patched_object AS o ON o.path = f.path
ORDER BY f.path, o.seq;
