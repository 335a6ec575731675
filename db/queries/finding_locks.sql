SELECT name, detail FROM api WHERE role = 'lock' ORDER BY name;
