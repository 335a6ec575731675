-- Releases that have no known source, in the files of acquires: they may give
-- back the pages of one of them (folios of unknown source are the page cache's).
SELECT s.path, s.line, s.callee
FROM site AS s
JOIN meta AS m ON m.key = 'era'
JOIN api_target AS t ON t.era = m.value AND t.name = s.callee
WHERE s.role = 'release' AND s.callee <> 'folio_put' AND s.state = 'unknown'
  AND s.function <> '' AND s.status NOT IN ('dead', 'homonym')
  AND NOT EXISTS (SELECT 1 FROM link AS l
                  WHERE l.release_id = s.id AND l.acquire_id IS NOT NULL)
ORDER BY s.path, s.line;
