DELETE FROM decision;
DELETE FROM link_step;
DELETE FROM link;
