DELETE FROM finding_step;
DELETE FROM finding;
