SELECT name, role FROM param_role ORDER BY name;
