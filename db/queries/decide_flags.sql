SELECT call_id, seq FROM call_arg WHERE role IN ('flags', 'write') ORDER BY call_id, seq DESC;
