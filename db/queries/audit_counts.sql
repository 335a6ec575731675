-- Every site once, by the first word that fits: the parts add up to the total,
-- the last row. A hazard alone makes no site bad.
WITH part AS (
	SELECT s.role AS role,
	       CASE WHEN s.status = 'homonym' THEN 'homonym'
		    WHEN s.state = 'mismatched' THEN 'mismatched'
		    ELSE coalesce((SELECT f.kind FROM finding AS f
				   WHERE f.call_id = s.id AND f.kind IN ('missed', 'unreleased', 'double')
				   ORDER BY CASE f.kind WHEN 'missed' THEN 1 WHEN 'unreleased' THEN 2 ELSE 3 END
				   LIMIT 1), s.state) END AS what
	FROM site AS s
), word(what, rank) AS (
	VALUES ('mismatched', 1), ('missed', 2), ('unreleased', 3), ('double', 4), ('mixed', 5),
	       ('unknown', 6), ('hazard', 7), ('unconverted', 8), ('converted', 9), ('keep', 10),
	       ('homonym', 11)
)
SELECT w.what AS what, coalesce(sum(p.role = 'acquire'), 0) AS acquires,
       coalesce(sum(p.role = 'release'), 0) AS releases, w.rank AS rank
FROM word AS w LEFT JOIN part AS p ON p.what = w.what
GROUP BY w.what
UNION ALL
SELECT 'total', coalesce(sum(role = 'acquire'), 0), coalesce(sum(role = 'release'), 0), 12 FROM part
ORDER BY rank;
