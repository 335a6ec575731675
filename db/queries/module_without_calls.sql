-- Of a module that has no call to judge: how many files were read.
SELECT (SELECT count(*) FROM file)
FROM meta
WHERE key = 'kernel' AND NOT EXISTS (SELECT 1 FROM call WHERE role IN ('acquire', 'release'));
