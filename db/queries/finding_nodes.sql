SELECT function_id, kind, line, coalesce(call_id, 0), yes, no, lhs, op, rhs, type
FROM path_node ORDER BY function_id, seq;
