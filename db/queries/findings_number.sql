-- Ids in path, line order, whichever stage a finding is from.
CREATE TEMP TABLE finding_number AS
SELECT f.id AS id, row_number() OVER (ORDER BY p.path, f.line, coalesce(c.column, 0), f.kind,
	f.detail, coalesce(f.other_id, 0), reason_text(f.reason, f.args), f.id) AS number
FROM finding AS f
JOIN file AS p ON p.id = f.file_id
LEFT JOIN call AS c ON c.id = f.call_id;
UPDATE finding SET id = (SELECT -n.number FROM finding_number AS n WHERE n.id = finding.id);
UPDATE finding SET id = -id;
DROP TABLE finding_number;
