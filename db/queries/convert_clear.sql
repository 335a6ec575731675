DELETE FROM edit_site;
DELETE FROM edit_file;
