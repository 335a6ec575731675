-- Every site once, by the first word that fits: the parts add up to the total,
-- the last row. A hazard alone makes no site bad.
WITH part AS (
	SELECT s.role AS role,
	       CASE WHEN s.status = 'homonym' THEN 'homonym'
		    WHEN s.state = 'mismatched' THEN 'mismatched'
		    ELSE coalesce((SELECT f.kind FROM finding AS f
				   JOIN finding_kind AS k ON k.word = f.kind AND k.marks_site
				   WHERE f.call_id = s.id ORDER BY k.rank LIMIT 1), s.state) END AS what
	FROM site AS s
), word(what, rank) AS (
	SELECT word, rank FROM finding_kind
	UNION ALL
	VALUES ('unconverted', 1001), ('converted', 1002), ('keep', 1003), ('homonym', 1004)
)
SELECT w.what AS what, coalesce(sum(p.role = 'acquire'), 0) AS acquires,
       coalesce(sum(p.role = 'release'), 0) AS releases, w.rank AS rank
FROM word AS w LEFT JOIN part AS p ON p.what = w.what
GROUP BY w.what
UNION ALL
SELECT 'total', coalesce(sum(role = 'acquire'), 0), coalesce(sum(role = 'release'), 0), 1005 FROM part
ORDER BY rank;
