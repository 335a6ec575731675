-- A file that the conversion makes: no tree has it. Its architecture is the module's.
INSERT INTO file(path, arch, status, reason) SELECT ?1, min(arch), 'parsed', 'new' FROM file
WHERE true
ON CONFLICT DO NOTHING;
