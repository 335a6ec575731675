-- The indexed files, and whether a call in it made it a candidate by itself
-- (trigger_names.sql); the others were taken in for what they have to do with one.
SELECT f.path,
       EXISTS (SELECT 1 FROM call AS c JOIN api AS a ON a.name = c.callee
	       WHERE c.file_id = f.id AND (a.role IN ('acquire', 'notifier')
		OR (a.role = 'release' AND a.family IN ('put_user', 'pin', 'vec'))))
FROM file AS f
ORDER BY f.path;
