SELECT name, role, family, detail FROM api ORDER BY name;
