-- Identifiers that make a file a candidate: every acquire, the releases that
-- exist for acquired pages alone, and MMU notifiers, which speak for the other
-- files of their driver too.
SELECT name FROM api
WHERE role IN ('acquire', 'notifier')
   OR (role = 'release' AND family IN ('put_user', 'pin', 'vec'))
ORDER BY name;
