-- Acquires whose pages come to no release, and go nowhere out of sight.
SELECT d.call_id FROM decision AS d JOIN call AS c ON c.id = d.call_id
WHERE d.reason = 'no-release' AND c.status = 'resolved';
