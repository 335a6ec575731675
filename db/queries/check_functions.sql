-- Every function of the index, to see which ones a change renames.
SELECT p.path, f.name FROM function AS f JOIN file AS p ON p.id = f.file_id
ORDER BY p.path, f.name;
