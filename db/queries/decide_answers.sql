-- Of each acquire that a person has decided. Without a call, the line is about none of this tree.
SELECT i.call_id, a.identity, a.answer, a.reason, a.line
FROM answer AS a
LEFT JOIN acquire_identity AS i ON i.identity = a.identity
ORDER BY a.line;
