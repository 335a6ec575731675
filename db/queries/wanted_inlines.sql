-- Inline functions that objects go into, and the files that call them.
SELECT DISTINCT callee, scope FROM invoke WHERE scope LIKE '%.h' ORDER BY scope, callee;
