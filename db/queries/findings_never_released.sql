-- Acquires whose pages come to no release, and are followed to all their ends: nothing else has
-- them. Those that a path was found for have their finding.
INSERT INTO finding(kind, detail, call_id, other_id, file_id, line, reason, args)
SELECT 'unreleased', '', c.id, NULL, c.file_id, c.line, d.reason, d.args
FROM decision AS d JOIN call AS c ON c.id = d.call_id
WHERE d.reason = 'no-release' AND c.status = 'resolved'
  AND NOT EXISTS (SELECT 1 FROM finding AS f WHERE f.call_id = c.id AND f.kind = 'unreleased')
ORDER BY c.id;
