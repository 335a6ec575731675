INSERT INTO patched_object(path, seq, directory, word, module, composite, configs)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
