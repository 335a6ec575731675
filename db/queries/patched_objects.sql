SELECT path, directory, word, module, composite, configs FROM patched_object ORDER BY path, seq;
