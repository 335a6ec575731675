-- What the workers found, before it is put in order. Numbers are text here as
-- they came; staging_publish.sql casts them.
CREATE TEMP TABLE raw_file (path TEXT, arch TEXT, subsystem TEXT, object TEXT, config TEXT,
	status TEXT, reason TEXT);
CREATE TEMP TABLE raw_function (path TEXT, name TEXT, line TEXT, end_line TEXT, is_static TEXT,
	objects TEXT);
CREATE TEMP TABLE raw_invoke (path TEXT, callee TEXT, scope TEXT, line TEXT);
CREATE TEMP TABLE raw_place (n INTEGER PRIMARY KEY, kind TEXT, name TEXT, scope TEXT, type TEXT);
CREATE TEMP TABLE raw_call (n INTEGER PRIMARY KEY, path TEXT, line TEXT, column TEXT, callee TEXT,
	role TEXT, status TEXT, guard TEXT, config TEXT, macro TEXT, place INTEGER, flags TEXT,
	function TEXT, function_line TEXT);
CREATE TEMP TABLE raw_arg (call INTEGER, seq TEXT, name TEXT, role TEXT, text TEXT, value TEXT);
CREATE TEMP TABLE raw_flow (dst INTEGER, src INTEGER, kind TEXT, path TEXT, line TEXT);
CREATE TEMP TABLE raw_body (n INTEGER PRIMARY KEY, path TEXT, name TEXT, line TEXT);
CREATE TEMP TABLE raw_node (body INTEGER, seq INTEGER, kind TEXT, line TEXT, column TEXT, yes TEXT,
	no TEXT, lhs TEXT, op TEXT, rhs TEXT, type TEXT);
CREATE TEMP TABLE raw_prototype (n INTEGER PRIMARY KEY, name TEXT, params TEXT);
