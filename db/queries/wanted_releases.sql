SELECT name FROM api WHERE role = 'release' ORDER BY name;
