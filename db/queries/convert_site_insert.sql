INSERT INTO edit_site(call_id, outcome, rule, became, reason) VALUES (?1, ?2, ?3, ?4, ?5);
