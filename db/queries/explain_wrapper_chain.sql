-- From wrapper ?1 down to the call of the API.
WITH RECURSIVE down(depth, id, through, call_id, function_id, carrier) AS (
	SELECT 0, id, through, call_id, function_id, carrier FROM wrapper WHERE id = ?1
	UNION ALL
	SELECT d.depth + 1, w.id, w.through, w.call_id, w.function_id, w.carrier
	FROM down AS d JOIN wrapper AS w ON w.id = d.through
)
SELECT path, line, name, carrier
FROM (SELECT d.depth AS depth, f.path AS path, fn.line AS line, fn.name AS name, d.carrier AS carrier
      FROM down AS d
      JOIN function AS fn ON fn.id = d.function_id
      JOIN file AS f ON f.id = fn.file_id
      UNION ALL
      SELECT 1000, f.path, c.line, c.callee, ''
      FROM down AS d
      JOIN call AS c ON c.id = d.call_id
      JOIN file AS f ON f.id = c.file_id
      WHERE d.depth = 0)
ORDER BY depth;
