DELETE FROM patched_object;
DELETE FROM patched_contact;
DELETE FROM patched_file;
