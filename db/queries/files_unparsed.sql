-- How many files were not parsed, and the first of them.
SELECT count(*), min(path) FROM file WHERE status <> 'parsed';
