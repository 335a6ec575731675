SELECT call_id, role, text FROM call_arg ORDER BY call_id, seq;
