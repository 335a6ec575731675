INSERT INTO file(id, path, arch, subsystem_id, status, reason, object, config)
SELECT row_number() OVER (ORDER BY r.path), r.path, r.arch, s.id, r.status, r.reason, r.object,
       r.config
FROM raw_file AS r LEFT JOIN subsystem AS s ON s.name = r.subsystem;

-- Rows of a path that is no file are left out.
CREATE TEMP TABLE path_file (n INTEGER PRIMARY KEY, id INTEGER NOT NULL);
INSERT INTO path_file
SELECT p.n, f.id FROM raw_path AS p JOIN file AS f ON f.path = p.path;

CREATE INDEX IF NOT EXISTS temp.raw_function_by_path ON raw_function(path, line);
CREATE INDEX IF NOT EXISTS temp.raw_prototype_by_name ON raw_prototype(name, n);

-- Where the AST has no function around a call (dead code, a file that failed),
-- the lexer's word for it.
INSERT INTO raw_function(path, name, line, end_line, is_static, objects, is_guess)
SELECT c.path, c.function, c.function_line, max(c.line), 0, '', 1
FROM raw_call AS c
WHERE c.function <> '' AND (
	SELECT max(f.line) FROM raw_function AS f
	WHERE f.path = c.path AND f.line <= c.line AND f.end_line >= c.line) IS NULL
GROUP BY c.path, c.function, c.function_line;

-- Numbered in the order of the rows, here and below.
CREATE TEMP TABLE function_number (id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL, name TEXT NOT NULL,
	line INTEGER NOT NULL, end_line INTEGER NOT NULL, is_static INTEGER NOT NULL, objects TEXT);
INSERT INTO function_number(file_id, name, line, end_line, is_static, objects)
SELECT p.id, r.name, r.line, max(r.end_line), max(r.is_static), max(r.objects)
FROM raw_function AS r JOIN path_file AS p ON p.n = r.path
GROUP BY p.id, r.line, r.name
ORDER BY p.id, r.line, r.name;

INSERT INTO function(id, file_id, name, line, end_line, is_static)
SELECT id, file_id, name, line, end_line, is_static FROM function_number ORDER BY id;

INSERT INTO signature(function_id, objects)
SELECT id, objects FROM function_number WHERE objects <> '' ORDER BY id;

INSERT INTO invoke(file_id, line, callee, scope)
SELECT p.id, r.line, r.callee, r.scope
FROM raw_invoke AS r JOIN path_file AS p ON p.n = r.path
WHERE true
ORDER BY p.id, r.line, r.callee, r.scope
ON CONFLICT DO NOTHING;

-- The rounds of a draft add few places: their order is kept.
CREATE INDEX IF NOT EXISTS temp.raw_place_by_name ON raw_place(kind, name, scope);
CREATE TEMP TABLE place_order (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
INSERT INTO place_order(n) SELECT n FROM raw_place ORDER BY kind, name, scope;
CREATE TEMP TABLE place_number (n INTEGER PRIMARY KEY, id INTEGER NOT NULL);
INSERT INTO place_number SELECT n, id FROM place_order;
INSERT INTO place(id, kind, name, scope, type)
SELECT o.id, p.kind, p.name, p.scope, p.type
FROM place_order AS o JOIN raw_place AS p ON p.n = o.n
ORDER BY o.id;

-- Of several views of one call, the one that understood most.
CREATE TEMP TABLE best_call (n INTEGER PRIMARY KEY, id INTEGER NOT NULL);
INSERT INTO best_call
SELECT n, row_number() OVER (ORDER BY file_id, line, column, callee)
FROM (SELECT r.n AS n, p.id AS file_id, line, column, callee,
	     row_number() OVER (PARTITION BY p.id, line, column, callee ORDER BY
		CASE status WHEN 'resolved' THEN 1 WHEN 'homonym' THEN 2 WHEN 'recovered' THEN 3
			    WHEN 'dead' THEN 4 ELSE 5 END, r.n) AS choice
      FROM raw_call AS r JOIN path_file AS p ON p.n = r.path)
WHERE choice = 1;

INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro,
	place_id, flags, character)
SELECT b.id, p.id,
       (SELECT min(fn.id) FROM function AS fn
	WHERE fn.file_id = p.id AND fn.end_line >= c.line AND fn.line = (
		SELECT max(f.line) FROM function AS f
		WHERE f.file_id = p.id AND f.line <= c.line AND f.end_line >= c.line)),
       c.line, c.column, c.callee, c.role, c.status, c.guard,
       c.config, c.macro, m.id, c.flags, c.character
FROM best_call AS b
JOIN raw_call AS c ON c.n = b.n
JOIN path_file AS p ON p.n = c.path
LEFT JOIN place_number AS m ON m.n = c.place
ORDER BY b.id;

INSERT INTO call_arg(call_id, seq, name, role, text, value)
SELECT b.id, a.seq, a.name, a.role, a.text, a.value
FROM raw_arg AS a JOIN best_call AS b ON b.n = a.call;

INSERT INTO flow(dst, src, kind, file_id, line)
SELECT d.id, s.id, w.kind, p.id, w.line
FROM raw_flow AS w
JOIN place_number AS d ON d.n = w.dst
JOIN place_number AS s ON s.n = w.src
JOIN path_file AS p ON p.n = w.path
WHERE true
ORDER BY p.id, w.line, d.id, s.id, w.kind
ON CONFLICT DO NOTHING;

INSERT INTO object_flow(dst, src, kind, file_id, line)
SELECT d.id, s.id, w.kind, p.id, w.line
FROM raw_object AS w
JOIN place_number AS d ON d.n = w.dst
JOIN place_number AS s ON s.n = w.src
JOIN path_file AS p ON p.n = w.path
WHERE true
ORDER BY p.id, w.line, d.id, s.id, w.kind
ON CONFLICT DO NOTHING;

-- A function of a header is seen by several files, perhaps under other configurations:
-- the first of them has it, and numbers of graphs are in the order of files.
INSERT INTO function_cfg(function_id, cfg_id)
SELECT fn.id, min(r.cfg)
FROM raw_graph AS r
JOIN path_file AS p ON p.n = r.path
JOIN function AS fn ON fn.file_id = p.id AND fn.name = r.name AND fn.line = r.line
GROUP BY fn.id;

INSERT INTO prototype(name, params, origin)
SELECT name, params, 'tree' FROM raw_prototype AS r
WHERE n = (SELECT min(n) FROM raw_prototype AS q WHERE q.name = r.name)
ORDER BY name;

DROP TABLE path_file;
DROP TABLE function_number;
DROP TABLE place_number;
DROP TABLE place_order;
DROP TABLE best_call;
