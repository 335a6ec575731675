-- The flows that were seen, and those of vectors: what an acquire of family vec leaves in its
-- vector comes to the releases of that family, of functions that the tree defines itself.
WITH vector AS (
	SELECT a.name, a.role, p.id AS place, p.type, f.file_id, f.line
	FROM api AS a
	JOIN place AS p ON p.kind = 'param' AND p.scope = '' AND p.type <> ''
		AND p.name BETWEEN a.name || '(#' AND a.name || '(#z'
	JOIN function AS f ON f.name = a.name AND f.is_static = 0
	WHERE a.family = 'vec' AND a.role IN ('acquire', 'release')
)
SELECT dst, src, kind, file_id, line FROM (
	SELECT id, dst, src, kind, file_id, line FROM flow
	UNION ALL
	SELECT 9223372036854775807, r.place, q.place, 'carry', r.file_id, r.line
	FROM vector AS r JOIN vector AS q ON q.type = r.type
	WHERE r.role = 'release' AND q.role = 'acquire'
) ORDER BY id, src, dst;
