SELECT name, target FROM api_target WHERE era = ?1 OR era = '' ORDER BY era, name;
