SELECT name, role, detail, family FROM api ORDER BY name;
