-- Findings of links and decisions alone, without paths. One row a thing
-- to look at: a site that is not decided only because of another of its group
-- has no row of its own, but that other one has.
INSERT INTO finding(kind, detail, call_id, other_id, file_id, line, reason, args)
WITH pinned(family) AS (VALUES ('pin'), ('extract')
), pair AS (
	SELECT l.acquire_id AS acquire_id, l.release_id AS release_id, l.kind AS kind,
	       aa.family AS got, ra.family AS dropped
	FROM link AS l
	JOIN call AS r ON r.id = l.release_id
	JOIN api AS ra ON ra.name = r.callee
	LEFT JOIN call AS a ON a.id = l.acquire_id
	LEFT JOIN api AS aa ON aa.name = a.callee
), left_over AS (
	SELECT p.release_id AS id, min(o.release_id) AS other_id
	FROM pair AS p JOIN pair AS o ON o.acquire_id = p.acquire_id AND o.kind = 'link'
	WHERE p.kind = 'link' AND p.dropped = 'get' AND o.dropped = 'put_user'
	GROUP BY p.release_id
), wrong AS (
	SELECT release_id AS id, min(acquire_id) AS other_id
	FROM pair
	WHERE kind = 'link' AND acquire_id IS NOT NULL
	  AND (got IN pinned) <> (dropped IN pinned)
	GROUP BY release_id
), undecided AS (
	SELECT s.id AS id, s.group_id AS group_id, s.role AS role,
	       CASE WHEN EXISTS (SELECT 1 FROM pair AS p
				 WHERE p.release_id = s.id AND p.kind IN ('mixed', 'unknown'))
		      OR NOT EXISTS (SELECT 1 FROM pair AS p WHERE p.release_id = s.id OR p.acquire_id = s.id)
		    THEN 1 WHEN s.role = 'acquire' THEN 2 ELSE 3 END AS rank
	FROM site AS s
	WHERE s.state IN ('mixed', 'unknown')
), leader AS (
	SELECT group_id, min(rank) AS rank, count(*) AS sites FROM undecided GROUP BY group_id
), why(id, reason, args, within) AS (
	-- within: the reason of a decision as an argument of another
	SELECT call_id, reason, args,
	       json('[' || json_quote(reason) || CASE args WHEN '[]' THEN ']' ELSE ',' || substr(args, 2) END)
	FROM decision
), row(kind, id, other_id, reason, args) AS (
	SELECT 'missed', s.id, w.other_id, 'converted-there',
	       json_array(o.callee, o.path, o.line, json(y.within))
	FROM left_over AS w JOIN site AS s ON s.id = w.id JOIN site AS o ON o.id = w.other_id
	JOIN why AS y ON y.id = s.id
	WHERE s.status <> 'homonym'
	UNION ALL
	-- A kernel was converted, and a module outside of it was not.
	SELECT 'missed', s.id, NULL, 'kernel-has', json_array(s.target, json(y.within))
	FROM site AS s JOIN why AS y ON y.id = s.id
	WHERE s.state = 'unconverted' AND s.role = 'release'
	  AND s.id NOT IN (SELECT id FROM left_over)
	  AND EXISTS (SELECT 1 FROM meta WHERE key = 'kernel')
	  AND EXISTS (SELECT 1 FROM meta WHERE key = 'era' AND value = 'put_user_page')
	UNION ALL
	SELECT 'mismatched', s.id, w.other_id, y.reason, y.args
	FROM site AS s JOIN why AS y ON y.id = s.id LEFT JOIN wrong AS w ON w.id = s.id
	WHERE s.state = 'mismatched' AND s.role = 'release'
	UNION ALL
	SELECT s.state, s.id, NULL, coalesce(y.reason, ''), coalesce(y.args, '[]')
	FROM undecided AS u
	JOIN leader AS g ON g.group_id = u.group_id AND g.rank = u.rank
	JOIN site AS s ON s.id = u.id
	LEFT JOIN why AS y ON y.id = u.id
	WHERE s.id NOT IN (SELECT id FROM left_over)
	  AND NOT EXISTS (SELECT 1 FROM site AS m
			  WHERE m.group_id = s.group_id AND m.state = 'mismatched' AND u.rank > 1)
)
SELECT r.kind, '', c.id, r.other_id, c.file_id, c.line, r.reason, r.args
FROM row AS r JOIN call AS c ON c.id = r.id
ORDER BY c.id;
