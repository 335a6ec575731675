-- Functions that hand acquired pages out, or drop those that they are given, and by what.
SELECT function_id, role, call_id, carrier FROM wrapper ORDER BY id;
