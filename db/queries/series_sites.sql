SELECT c.id, f.path, c.line, coalesce(fn.name, ''), c.callee, c.role, c.flags,
       coalesce(d.state, 'unknown'), coalesce(d.target, ''), d.use_case, d.group_id,
       coalesce(d.reason, ''), coalesce(d.args, '[]'),
       coalesce(e.outcome, ''), coalesce(e.rule, ''), coalesce(e.became, ''),
       coalesce(e.reason, ''), coalesce(e.args, '[]'),
       coalesce(d.adds, ''), coalesce(d.adds_reason, ''), coalesce(d.adds_args, '[]')
FROM call AS c
JOIN file AS f ON f.id = c.file_id
LEFT JOIN function AS fn ON fn.id = c.function_id
LEFT JOIN decision AS d ON d.call_id = c.id
LEFT JOIN edit_site AS e ON e.call_id = c.id
WHERE c.role IN ('acquire', 'release') AND c.status NOT IN ('homonym', 'dead')
ORDER BY c.id;
