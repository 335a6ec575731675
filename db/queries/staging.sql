-- Facts of the workers, before they are put in order. It comes as text; the
-- affinity of a column makes numbers of it. path is a number of raw_path.
CREATE TEMP TABLE raw_path (n INTEGER PRIMARY KEY, path TEXT);
CREATE TEMP TABLE raw_file (path TEXT, arch TEXT, subsystem TEXT, object TEXT, config TEXT,
	status TEXT, reason TEXT);
CREATE TEMP TABLE raw_function (path INTEGER, name TEXT, line INTEGER, end_line INTEGER,
	is_static INTEGER, objects TEXT, is_guess INTEGER DEFAULT 0);
CREATE TEMP TABLE raw_invoke (path INTEGER, callee TEXT, scope TEXT, line INTEGER);
CREATE TEMP TABLE raw_place (n INTEGER PRIMARY KEY, kind TEXT, name TEXT, scope TEXT, type TEXT);
CREATE TEMP TABLE raw_call (n INTEGER PRIMARY KEY, path INTEGER, line INTEGER, column INTEGER,
	callee TEXT, role TEXT, status TEXT, guard TEXT, config TEXT, macro TEXT, place INTEGER, flags TEXT,
	function TEXT, function_line INTEGER, character INTEGER);
CREATE TEMP TABLE raw_arg (call INTEGER, seq INTEGER, name TEXT, role TEXT, text TEXT, value TEXT);
CREATE TEMP TABLE raw_flow (dst INTEGER, src INTEGER, kind TEXT, path INTEGER, line INTEGER);
CREATE TEMP TABLE raw_object (dst INTEGER, src INTEGER, kind TEXT, path INTEGER, line INTEGER);
CREATE TEMP TABLE raw_graph (path INTEGER, name TEXT, line INTEGER, cfg INTEGER);
CREATE TEMP TABLE raw_prototype (n INTEGER PRIMARY KEY, name TEXT, params TEXT);
