-- SPDX-License-Identifier: GPL-2.0-only

-- One row a call site of role acquire or release: the contract of
-- `gupconv sites`. Columns are only ever added, at the end.
CREATE VIEW site AS
SELECT c.id AS id, f.path AS path, c.line AS line, c.column AS column,
       coalesce(fn.name, '') AS function, c.callee AS callee, c.role AS role,
       c.status AS status, coalesce(d.state, 'unknown') AS state,
       coalesce(p.name, '') AS place, f.arch AS arch, c.guard AS guard,
       coalesce(s.name, '') AS subsystem, coalesce(d.target, '') AS target,
       coalesce(reason_text(d.reason, d.args), '') AS reason, c.flags AS flags, c.macro AS macro,
       c.config AS config, d.use_case AS use_case, d.group_id AS group_id
FROM call AS c
JOIN file AS f ON f.id = c.file_id
LEFT JOIN function AS fn ON fn.id = c.function_id
LEFT JOIN place AS p ON p.id = c.place_id
LEFT JOIN decision AS d ON d.call_id = c.id
LEFT JOIN subsystem AS s ON s.id = f.subsystem_id
WHERE c.role IN ('acquire', 'release');

-- The control-flow graphs of functions, to be read: docs/ir.md.
CREATE VIEW function_graph AS
SELECT f.path AS path, fn.line AS line, fn.name AS function, c.graph AS graph
FROM function_cfg AS fc
JOIN cfg AS c ON c.id = fc.cfg_id
JOIN function AS fn ON fn.id = fc.function_id
JOIN file AS f ON f.id = fn.file_id;

-- A name for each acquire that stays when lines move: "path:function:callee", and "#2" behind it
-- where that is the second such call of the function. Decisions files (--decisions) use it.
CREATE VIEW acquire_identity AS
SELECT call_id, identity || CASE WHEN number > 1 THEN '#' || number ELSE '' END AS identity
FROM (SELECT c.id AS call_id,
	     f.path || ':' || coalesce(fn.name, '') || ':' || c.callee AS identity,
	     row_number() OVER (PARTITION BY f.path, fn.name, c.callee
				ORDER BY c.line, c.column) AS number
      FROM call AS c
      JOIN file AS f ON f.id = c.file_id
      LEFT JOIN function AS fn ON fn.id = c.function_id
      WHERE c.role = 'acquire');

-- The contract of `gupconv links`.
CREATE VIEW link_site AS
SELECT l.id AS id,
       l.acquire_id AS acquire_id, a.path AS acquire_path, a.line AS acquire_line,
       a.function AS acquire_function, a.callee AS acquire_callee,
       l.release_id AS release_id, r.path AS release_path, r.line AS release_line,
       r.function AS release_function, r.callee AS release_callee,
       l.kind AS kind, reason_text(l.reason, l.args) AS reason
FROM link AS l
LEFT JOIN site AS a ON a.id = l.acquire_id
LEFT JOIN site AS r ON r.id = l.release_id;

-- A place as an argument of a reason, as JSON: names count parameters from 0, texts from
-- 1, so that "f(#1)" is parameter 2 of f(), "*ops.put(#0)" one of ->put(), and
-- "*f(#1)(#0)" one of the function that f() is given.
CREATE VIEW place_argument AS
WITH named AS (
	SELECT id, kind, name, rtrim(rtrim(name, ')'), '0123456789') AS head FROM place
), called AS (
	SELECT id, kind, name, substr(name, length(head) + 1) + 1 AS number,
	       substr(head, 1, length(head) - 2) AS function
	FROM named
)
SELECT id, CASE WHEN kind = 'field' THEN json_array('field', name)
		WHEN kind <> 'param' THEN json_quote(name)
		ELSE json_array('parameter', number,
		     CASE WHEN function GLOB '[*]*(#*)'
			  THEN '(*parameter ' || (1 + substr(rtrim(function, ')'),
				instr(function, '(#') + 2)) || ' of ' ||
				substr(function, 2, instr(function, '(#') - 2) || '())'
			  WHEN function GLOB '[*]*.*'
			  THEN '->' || replace(function, rtrim(function, replace(function, '.', '')), '')
			  ELSE ltrim(function, '*') END) END AS arg
FROM called;

-- One row a function that takes or releases pages for its callers: `gupconv links
-- --wrappers`. call_id is the call of the API that it wraps, through the wrapper
-- that it calls to get there.
CREATE VIEW wrapper_function AS
SELECT w.id AS id, f.path AS path, fn.line AS line, fn.name AS function, w.role AS role,
       w.round AS round, w.carrier AS carrier, coalesce(tf.name, '') AS through,
       w.call_id AS call_id, c.callee || '() at ' || cf.path || ':' || c.line AS wraps
FROM wrapper AS w
JOIN function AS fn ON fn.id = w.function_id
JOIN file AS f ON f.id = fn.file_id
JOIN call AS c ON c.id = w.call_id
JOIN file AS cf ON cf.id = c.file_id
LEFT JOIN wrapper AS t ON t.id = w.through
LEFT JOIN function AS tf ON tf.id = t.function_id;

-- One row a call of a wrapper, in the columns of site: `gupconv sites --wrappers`.
-- Its id follows those of site; status is "wrapper", and nothing is to be done
-- there: what it wraps is decided at its own site.
CREATE VIEW wrapper_site AS
SELECT (SELECT coalesce(max(id), 0) FROM call) + wc.id AS id, f.path AS path, wc.line AS line,
       0 AS column, coalesce(fn.name, '') AS function, wf.name AS callee, w.role AS role,
       'wrapper' AS status, 'keep' AS state, w.carrier AS place, f.arch AS arch, '' AS guard,
       coalesce(s.name, '') AS subsystem, 'keep' AS target,
       'wraps ' || c.callee || '() at ' || cf.path || ':' || c.line || ', handed ' ||
       CASE w.role WHEN 'acquire' THEN 'out' ELSE 'in' END || ' by ' || w.carrier ||
       CASE w.round WHEN 1 THEN '' ELSE ', in ' || w.round || ' rounds' END AS reason,
       c.flags AS flags, '' AS macro, '' AS config, NULL AS use_case, NULL AS group_id
FROM wrapper_call AS wc
JOIN wrapper AS w ON w.id = wc.wrapper_id
JOIN function AS wf ON wf.id = w.function_id
JOIN call AS c ON c.id = w.call_id
JOIN file AS cf ON cf.id = c.file_id
JOIN file AS f ON f.id = wc.file_id
LEFT JOIN function AS fn ON fn.id = wc.function_id
LEFT JOIN subsystem AS s ON s.id = f.subsystem_id;

-- One row a subsystem: the contract of `gupconv status`.
CREATE VIEW subsystem_status AS
SELECT CASE WHEN subsystem = '' THEN '(no subsystem)' ELSE subsystem END AS subsystem,
       sum(role = 'acquire') AS acquires,
       sum(role = 'release') AS releases,
       sum(state = 'converted') AS converted,
       sum(state = 'unconverted') AS unconverted,
       sum(state = 'keep') AS keep,
       sum(state = 'mixed') AS mixed,
       sum(state = 'mismatched') AS mismatched,
       sum(state = 'unknown') AS unknown
FROM site
WHERE status <> 'homonym' AND status <> 'dead'
GROUP BY subsystem;
