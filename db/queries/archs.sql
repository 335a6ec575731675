SELECT name, make, triple FROM arch ORDER BY rank;
