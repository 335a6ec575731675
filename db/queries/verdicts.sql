SELECT patch_id, object, outcome, reason FROM verdict ORDER BY patch_id, object;
