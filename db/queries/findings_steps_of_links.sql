-- The chain of the link that a finding of findings_of_links.sql is about.
INSERT INTO finding_step(finding_id, seq, file_id, line, reason, args)
WITH chain AS (
	SELECT f.id AS finding_id, min(l.id) AS link_id
	FROM finding AS f JOIN link AS l ON l.release_id = f.call_id
	WHERE f.kind IN ('missed', 'mismatched', 'mixed') AND l.acquire_id IS NOT NULL
	  AND (f.kind <> 'mismatched' OR l.acquire_id = f.other_id)
	GROUP BY f.id
), step AS (
	SELECT c.finding_id AS finding_id, s.seq AS seq, s.file_id AS file_id, s.line AS line,
	       s.place_id AS place_id, l.acquire_id AS acquire_id, l.release_id AS release_id,
	       s.seq = max(s.seq) OVER (PARTITION BY c.finding_id) AS last,
	       lag(s.place_id) OVER chained IS s.place_id AND lag(s.line) OVER chained = s.line
		AND lag(s.file_id) OVER chained = s.file_id AS again
	FROM chain AS c JOIN link_step AS s ON s.link_id = c.link_id JOIN link AS l ON l.id = c.link_id
	WINDOW chained AS (PARTITION BY c.finding_id ORDER BY s.seq)
)
SELECT s.finding_id, row_number() OVER (PARTITION BY s.finding_id ORDER BY s.seq) - 1,
       s.file_id, s.line,
       CASE WHEN s.seq = 0 THEN 'step-out' WHEN s.last THEN 'step-drop' ELSE 'step-in' END,
       CASE WHEN s.seq = 0 THEN json_array(a.callee, json(p.arg))
	    WHEN s.last THEN json_array(r.callee, json(p.arg))
	    ELSE json_array(json(p.arg)) END
FROM step AS s
JOIN place_argument AS p ON p.id = s.place_id
JOIN call AS a ON a.id = s.acquire_id
JOIN call AS r ON r.id = s.release_id
WHERE s.seq = 0 OR s.last OR NOT s.again;
