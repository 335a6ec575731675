SELECT path, subsystem, umbrella, arch FROM patched_file ORDER BY path;
