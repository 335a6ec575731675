SELECT id, name, subject, subsystem, source FROM patch ORDER BY id;
