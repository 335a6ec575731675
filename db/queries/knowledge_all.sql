SELECT kind, name, arg, detail FROM knowledge ORDER BY kind, name;
