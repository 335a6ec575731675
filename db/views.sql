-- SPDX-License-Identifier: GPL-2.0-only

-- One row a call site of role acquire or release: the contract of
-- `gupconv sites`. Columns are only ever added, at the end.
CREATE VIEW site AS
SELECT c.id AS id, f.path AS path, c.line AS line, c.column AS column,
       coalesce(fn.name, '') AS function, c.callee AS callee, c.role AS role,
       c.status AS status, coalesce(d.state, 'unknown') AS state,
       coalesce(p.name, '') AS place, f.arch AS arch, c.guard AS guard,
       coalesce(s.name, '') AS subsystem, coalesce(d.target, '') AS target,
       coalesce(d.reason, '') AS reason, c.flags AS flags, c.macro AS macro,
       c.config AS config, d.use_case AS use_case, d.group_id AS group_id
FROM call AS c
JOIN file AS f ON f.id = c.file_id
LEFT JOIN function AS fn ON fn.id = c.function_id
LEFT JOIN place AS p ON p.id = c.place_id
LEFT JOIN decision AS d ON d.call_id = c.id
LEFT JOIN subsystem AS s ON s.id = f.subsystem_id
WHERE c.role IN ('acquire', 'release');

-- The contract of `gupconv links`.
CREATE VIEW link_site AS
SELECT l.id AS id,
       l.acquire_id AS acquire_id, a.path AS acquire_path, a.line AS acquire_line,
       a.function AS acquire_function, a.callee AS acquire_callee,
       l.release_id AS release_id, r.path AS release_path, r.line AS release_line,
       r.function AS release_function, r.callee AS release_callee,
       l.kind AS kind, l.reason AS reason
FROM link AS l
LEFT JOIN site AS a ON a.id = l.acquire_id
LEFT JOIN site AS r ON r.id = l.release_id;

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
