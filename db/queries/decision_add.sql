INSERT INTO decision(call_id, group_id, state, target, use_case, reason, args,
		     adds, adds_reason, adds_args)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
