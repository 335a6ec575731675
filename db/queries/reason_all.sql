SELECT code, template FROM reason ORDER BY code;
