INSERT OR IGNORE INTO patched_file(path, subsystem, umbrella, arch) VALUES (?1, ?2, ?3, ?4);
