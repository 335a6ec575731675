SELECT name, role, detail FROM api ORDER BY name;
