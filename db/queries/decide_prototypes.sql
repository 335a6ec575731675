SELECT name, params FROM prototype ORDER BY name;
