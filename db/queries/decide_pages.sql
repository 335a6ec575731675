SELECT call_id, seq FROM call_arg WHERE role = 'pages' ORDER BY call_id, seq DESC;
