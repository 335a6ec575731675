SELECT f.arch FROM file AS f WHERE f.path = ?1;
