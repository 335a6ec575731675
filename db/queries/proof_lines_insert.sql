INSERT INTO proof_lines(seq, patch_id, path, line, lines, outcome, guard, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
