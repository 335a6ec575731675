SELECT call_id, min(CASE role WHEN 'pages' THEN seq END), min(CASE role WHEN 'count' THEN seq END)
FROM call_arg GROUP BY call_id ORDER BY call_id;
