DELETE FROM proof_lines;
