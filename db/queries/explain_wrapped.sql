-- The functions that make call ?1 for their callers.
SELECT function, path, line, round, carrier
FROM wrapper_function
WHERE call_id = ?1
ORDER BY round, id;
