SELECT (SELECT count(*) FROM call WHERE role IN ('acquire', 'release') AND status = 'text-only') +
       (SELECT count(*) FROM build_note WHERE kind IN ('missing-header', 'no-rule', 'no-source'));
