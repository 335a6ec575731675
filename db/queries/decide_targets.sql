-- The target of each function: the era's where the tree offers that, else
-- the row for all eras. The early eras' functions may come by the series.
SELECT name, target
FROM api_target AS t
WHERE t.era = '' OR (t.era = ?1 AND
      (t.target NOT LIKE '%folio%' OR EXISTS (SELECT 1 FROM prototype AS p WHERE p.name = t.target)))
ORDER BY era, name;
