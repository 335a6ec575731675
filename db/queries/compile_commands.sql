-- The entries of a compile_commands.json; ?1: its text.
SELECT coalesce(json_extract(e.value, '$.directory'), ''), coalesce(json_extract(e.value, '$.file'), ''),
       coalesce(json_extract(e.value, '$.command'), ''), coalesce(json_extract(e.value, '$.arguments'), '[]')
FROM json_each(?1) AS e
WHERE e.type = 'object';
