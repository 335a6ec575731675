-- Identifiers that make a file a candidate: every acquire, and the releases
-- that exist for acquired pages alone.
SELECT name FROM api
WHERE role = 'acquire' OR (role = 'release' AND family IN ('put_user', 'pin', 'vec'))
ORDER BY name;
