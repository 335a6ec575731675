-- Every call of the family that is in the text, by how it was seen; and of a module what is not
-- known of its build, which may hide calls.
SELECT role, count(*) AS text,
       sum(status = 'resolved') AS resolved, sum(status = 'recovered') AS recovered,
       sum(status = 'text-only') AS text_only, sum(status = 'dead') AS dead,
       sum(status = 'homonym') AS homonym, '' AS place, '' AS detail
FROM call
WHERE role IN ('acquire', 'release')
GROUP BY role
UNION ALL
SELECT kind, NULL, NULL, NULL, NULL, NULL, NULL,
       path || CASE line WHEN 0 THEN '' ELSE ':' || line END, detail
FROM (SELECT * FROM build_note WHERE kind IN ('missing-header', 'no-rule', 'no-source') ORDER BY id);
