SELECT graph FROM cfg ORDER BY id;
