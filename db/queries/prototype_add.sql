INSERT INTO prototype(name, params, origin) VALUES (?1, ?2, 'tree') ON CONFLICT DO NOTHING;
