SELECT e.outcome, s.id, s.path, s.line, s.column, s.function, s.callee, s.target, e.rule,
       reason_text(e.reason, e.args) AS reason
FROM edit_site AS e
JOIN site AS s ON s.id = e.call_id
ORDER BY s.path, s.line, s.column, s.id;
