SELECT count(*) FROM call WHERE role IN ('acquire', 'release') AND status = 'text-only';
