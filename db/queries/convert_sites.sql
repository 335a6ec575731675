SELECT c.id, c.file_id, s.path, s.line, s.column, s.function, s.callee, s.role, s.status,
       d.state, d.target, d.group_id, d.reason, s.macro, s.subsystem, d.args,
       COALESCE(a.detail, ''),
       COALESCE((SELECT MIN(seq) FROM call_arg WHERE call_id = c.id AND role = 'flags'), -1),
       d.adds,
       EXISTS (SELECT 1 FROM finding AS k
               WHERE k.call_id = c.id AND k.kind = 'flags' AND k.detail = 'boolean'),
       c.guard
FROM site AS s
JOIN call AS c ON c.id = s.id
JOIN decision AS d ON d.call_id = s.id
LEFT JOIN api AS a ON a.name = s.callee
ORDER BY s.path, s.line, s.column, c.id;
