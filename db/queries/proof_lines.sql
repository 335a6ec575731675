SELECT patch_id, path, line, lines, outcome, guard, reason FROM proof_lines ORDER BY seq;
