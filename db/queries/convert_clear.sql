DELETE FROM edit_site;
DELETE FROM edit_file;
DELETE FROM edit_check;
DELETE FROM file WHERE reason = 'new' AND status = 'parsed';
