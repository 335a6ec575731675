-- One row a finding. ?1: of this kind only, or NULL. "missed" is a release that
-- was left as it was although another release of the same acquire is converted.
WITH missed AS (
	SELECT l.release_id AS id, min(o.release_id) AS other_id
	FROM link AS l
	JOIN call AS r ON r.id = l.release_id
	JOIN api AS ra ON ra.name = r.callee
	JOIN link AS o ON o.acquire_id = l.acquire_id AND o.kind = 'link'
	JOIN call AS c ON c.id = o.release_id
	JOIN api AS ca ON ca.name = c.callee
	WHERE l.kind = 'link' AND ra.family = 'get' AND ca.family = 'put_user'
	GROUP BY l.release_id
), found AS (
	SELECT s.*, m.other_id,
	       CASE WHEN m.id IS NOT NULL THEN 'missed' ELSE s.state END AS finding
	FROM site AS s LEFT JOIN missed AS m ON m.id = s.id
	WHERE s.status <> 'homonym'
)
SELECT f.finding, f.id, f.path, f.line, f.column, f.function, f.role, f.callee,
       f.subsystem, f.group_id,
       CASE WHEN f.finding = 'missed' THEN
		o.callee || '() at ' || o.path || ':' || o.line || ' has been converted; ' || f.reason
	    ELSE f.reason END AS reason
FROM found AS f LEFT JOIN site AS o ON o.id = f.other_id
WHERE f.finding IN ('missed', 'mismatched', 'mixed', 'unknown')
  AND (?1 IS NULL OR f.finding = ?1)
ORDER BY CASE f.finding WHEN 'mismatched' THEN 1 WHEN 'missed' THEN 2 WHEN 'mixed' THEN 3 ELSE 4 END,
	 f.id;
