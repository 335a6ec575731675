-- Functions of the family that the tree has and table api did not.
SELECT name, path, line, role, family, site FROM family_member ORDER BY path, line;
