-- All findings in order, with what their readers print. A finding at no call is
-- in the function that its line is in; so is one of a path, whose acquire may be
-- in what that function calls, and so in another place than the finding.
SELECT f.id, f.kind, f.detail, p.path, f.line, coalesce(c.column, 0),
       coalesce(CASE WHEN c.file_id = f.file_id AND c.line = f.line THEN s.function END,
		(SELECT fn.name FROM function AS fn
		 WHERE fn.file_id = f.file_id AND f.line BETWEEN fn.line AND fn.end_line
		 ORDER BY fn.line DESC, fn.id LIMIT 1), s.function, ''),
       coalesce(c.callee, ''), coalesce(c.role, ''),
       coalesce(sub.name, ''), d.group_id, reason_text(f.reason, f.args), c.id,
       o.path, o.line, o.column, o.function, o.callee,
       coalesce(nullif(c.character, 0), c.column, 0), coalesce(nullif(k.character, 0), k.column, 0)
FROM finding AS f
JOIN file AS p ON p.id = f.file_id
LEFT JOIN subsystem AS sub ON sub.id = p.subsystem_id
LEFT JOIN call AS c ON c.id = f.call_id
LEFT JOIN site AS s ON s.id = f.call_id
LEFT JOIN decision AS d ON d.call_id = f.call_id
LEFT JOIN site AS o ON o.id = f.other_id
LEFT JOIN call AS k ON k.id = f.other_id
ORDER BY f.id;
