-- The paths of functions that release a single page of a local variable.
SELECT n.function_id, n.seq, n.kind, n.line, n.call_id, n.yes, n.no, n.lhs, n.op, n.rhs
FROM path_node AS n
WHERE n.function_id IN (
	SELECT c.function_id FROM call AS c JOIN place AS p ON p.id = c.place_id
	WHERE c.role = 'release' AND p.kind = 'local'
		AND p.type IN ('struct page *', 'struct folio *'))
ORDER BY n.function_id, n.seq;
