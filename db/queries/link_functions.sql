SELECT f.id, f.file_id, f.name, f.line, f.end_line, f.is_static, s.objects,
       EXISTS (SELECT 1 FROM api AS a WHERE a.name = f.name)
FROM function AS f LEFT JOIN signature AS s ON s.function_id = f.id
ORDER BY f.file_id, f.line, f.id;
