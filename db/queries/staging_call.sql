INSERT INTO raw_call(path, line, column, callee, role, status, guard, config, macro, place,
	flags, function, function_line, character)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);
