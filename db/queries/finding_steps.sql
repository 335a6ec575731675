SELECT s.finding_id, p.path, s.line, reason_text(s.reason, s.args)
FROM finding_step AS s JOIN file AS p ON p.id = s.file_id
ORDER BY s.finding_id, s.seq;
