SELECT fc.function_id, fn.file_id, c.graph
FROM function_cfg AS fc
JOIN function AS fn ON fn.id = fc.function_id
JOIN cfg AS c ON c.id = fc.cfg_id
ORDER BY fc.function_id;
