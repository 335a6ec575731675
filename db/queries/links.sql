SELECT * FROM link_site
ORDER BY id;
