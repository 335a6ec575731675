INSERT INTO link_step(link_id, seq, place_id, file_id, line) VALUES (?1, ?2, ?3, ?4, ?5);
