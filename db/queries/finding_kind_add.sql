INSERT INTO finding_kind(word, rank, title, help, level, marks_site)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (word) DO UPDATE SET rank = excluded.rank, title = excluded.title,
	help = excluded.help, level = excluded.level, marks_site = excluded.marks_site;
