-- What --api FILE says of a function stays.
INSERT OR IGNORE INTO api(name, role, family, detail)
SELECT name, role, family, '' FROM family_member WHERE site = 1;
