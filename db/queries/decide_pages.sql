SELECT call_id, text FROM call_arg WHERE role = 'pages' ORDER BY call_id, seq DESC;
