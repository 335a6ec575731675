SELECT call_id, seq FROM call_arg WHERE role = 'iter' ORDER BY call_id, seq DESC;
