SELECT p.name, p.scope, o.file_id, o.line
FROM object_flow AS o JOIN place AS p ON p.id = o.src WHERE p.name GLOB '&*'
UNION
SELECT p.name, p.scope, f.file_id, f.line
FROM flow AS f JOIN place AS p ON p.id = f.src WHERE f.kind = 'pointer' AND p.name GLOB '&*';
