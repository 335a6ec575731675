-- A row that --api FILE has set stays.
INSERT OR IGNORE INTO api(name, role, family, detail)
SELECT name, role, family, '' FROM family_member WHERE site = 1;
