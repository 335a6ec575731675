SELECT call_id, min(CASE role WHEN 'pages' THEN seq END), min(CASE role WHEN 'count' THEN seq END),
       min(CASE role WHEN 'flags' THEN seq END), max(role = 'flags' AND value = 'bool'),
       min(CASE role WHEN 'dirty' THEN seq END), min(CASE WHEN name IN ('dir', 'direction') THEN seq END)
FROM call_arg GROUP BY call_id ORDER BY call_id;
