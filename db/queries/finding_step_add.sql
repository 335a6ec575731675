INSERT INTO finding_step(finding_id, seq, file_id, line, reason, args)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
