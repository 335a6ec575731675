-- Every site once, by what it is: the parts add up to the total, the last row.
WITH missed AS (
	SELECT DISTINCT l.release_id AS id
	FROM link AS l
	JOIN call AS r ON r.id = l.release_id
	JOIN api AS ra ON ra.name = r.callee
	JOIN link AS o ON o.acquire_id = l.acquire_id AND o.kind = 'link'
	JOIN call AS c ON c.id = o.release_id
	JOIN api AS ca ON ca.name = c.callee
	WHERE l.kind = 'link' AND ra.family = 'get' AND ca.family = 'put_user'
), part AS (
	SELECT CASE WHEN s.status = 'homonym' THEN 'homonym'
		    WHEN m.id IS NOT NULL THEN 'missed' ELSE s.state END AS what,
	       s.role AS role
	FROM site AS s LEFT JOIN missed AS m ON m.id = s.id
), word(what, rank) AS (
	VALUES ('mismatched', 1), ('missed', 2), ('mixed', 3), ('unknown', 4), ('unconverted', 5),
	       ('converted', 6), ('keep', 7), ('homonym', 8)
)
SELECT w.what AS what, coalesce(sum(p.role = 'acquire'), 0) AS acquires,
       coalesce(sum(p.role = 'release'), 0) AS releases, w.rank AS rank
FROM word AS w LEFT JOIN part AS p ON p.what = w.what
GROUP BY w.what
UNION ALL
SELECT 'total', coalesce(sum(role = 'acquire'), 0), coalesce(sum(role = 'release'), 0), 9 FROM part
ORDER BY rank;
