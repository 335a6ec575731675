-- Every call of the family that is in the text, by how it was seen.
SELECT role, count(*) AS text,
       sum(status = 'resolved') AS resolved, sum(status = 'recovered') AS recovered,
       sum(status = 'text-only') AS text_only, sum(status = 'dead') AS dead,
       sum(status = 'homonym') AS homonym
FROM call
WHERE role IN ('acquire', 'release')
GROUP BY role
ORDER BY role;
