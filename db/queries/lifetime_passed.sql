SELECT o.file_id, o.line, substr(s.name, 2), s.scope, substr(d.name, 1, instr(d.name, '(') - 1)
FROM object_flow AS o JOIN place AS s ON s.id = o.src JOIN place AS d ON d.id = o.dst
WHERE s.kind = 'other' AND s.name LIKE '&%' AND d.kind = 'param' AND o.kind IN ('callback', 'handed')
ORDER BY o.id;
