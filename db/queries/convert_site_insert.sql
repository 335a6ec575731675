INSERT INTO edit_site(call_id, outcome, rule, became, reason, args)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
