INSERT INTO answer(identity, answer, reason, line) VALUES (?1, ?2, ?3, ?4);
