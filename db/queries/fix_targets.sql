SELECT name, target FROM api_target
WHERE era = (SELECT value FROM meta WHERE key = 'era') ORDER BY name;
